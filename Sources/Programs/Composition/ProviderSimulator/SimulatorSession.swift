/// Plays one session of a player, and compares every answer and what the wallet has afterwards.
struct SimulatorSession: Sendable {
  /// Every session begins with at least this, in minor units.
  private static let float: Int64 = 2_000_000
  private static let depositMin: Int64 = 100

  let provider: SimulatedProvider
  let number: Int
  let run: String
  let game: String
  let stack: SimulatorStack
  let line: SimulatorLine
  let pace: SimulatorPace
  let key: SimulatorKey

  private(set) var player: SimulatorPlayer
  private var ledger: SimulatorLedger
  private var outcome: SimulatorOutcome
  private var sent: [String] = []
  /// The first answer to each request.
  private var first: [[UInt8]: [UInt8]] = [:]

  init(
    _ provider: SimulatedProvider, number: Int, run: String, game: String, stack: SimulatorStack, line: SimulatorLine, pace: SimulatorPace,
    key: SimulatorKey, player: SimulatorPlayer
  ) {
    self.provider = provider
    self.number = number
    self.run = run
    self.game = game
    self.stack = stack
    self.line = line
    self.pace = pace
    self.key = key
    self.player = player
    ledger = SimulatorLedger(provider, balance: 0)
    outcome = SimulatorOutcome(session: number)
  }

  mutating func play(_ plan: SimulatorPlan) async throws -> SimulatorOutcome {
    let pen = try await begin()
    for step in plan.steps where outcome.divergence == nil { try await deliver(step, pen) }
    if outcome.divergence == nil { try await compareEnd(pen.identity.prefix) }
    return outcome
  }

  /// The money, the game, and the provider's first question.
  private mutating func begin() async throws -> SimulatorPen {
    let prefix = "k\(run)-\(number)-"
    let missing = Self.float - (try await stack.total(of: &player))
    if missing >= Self.depositMin { try await stack.deposit(missing, to: player, key: "simulator:\(prefix)deposit") }
    ledger = SimulatorLedger(provider, balance: try await stack.total(of: &player))
    let opened = try await stack.launch(provider, game, for: &player)
    var identity = SimulatorIdentity(
      account: opened.account, token: opened.token, foreignToken: Self.foreign(opened.token, player.brand), currency: player.brand.currency,
      otherCurrency: player.brand.currency == "GBP" ? "EUR" : "GBP", prefix: prefix)
    let step = SimulatorStep(notes: [SimulatorNote(operation: .authenticate, transaction: "a")], fate: .answered)
    let pen = SimulatorPen(provider: provider, identity: identity)
    let reply = try await exchange(try request(step, pen))
    sent.append(step.description)
    compare(reply, [ledger.take(step.notes[0])], step, pen)
    guard provider.exchangesTokens, let own = SimulatorReading.element("ProviderToken", in: String(decoding: reply.body, as: UTF8.self))
    else { return pen }
    identity.token = own
    return SimulatorPen(provider: provider, identity: identity)
  }

  /// The same token, in the name of the next brand.
  private static func foreign(_ token: String, _ brand: DemoBrand) -> String {
    "\(brand.id + 1)." + (token.split(separator: ".").last.map { String($0) } ?? token)
  }

  // MARK: Sending

  private func request(_ step: SimulatorStep, _ pen: SimulatorPen) throws -> SimulatorRequest {
    let body = pen.body(of: step)
    var signature = try key.signature(of: body)
    if step.fate == .forged { signature = try key.signature(of: body + [0x20]) }
    return SimulatorRequest(
      url: "\(stack.game)/callbacks/\(pen.path(of: step))", header: provider.signatureHeader, signature: signature,
      contentType: provider == .bti ? "application/x-www-form-urlencoded" : "application/json", body: body)
  }

  private mutating func exchange(_ request: SimulatorRequest) async throws -> SimulatorReply {
    try await pace.turn()
    outcome.requests += 1
    return try await line.send(request)
  }

  private mutating func deliver(_ step: SimulatorStep, _ pen: SimulatorPen) async throws {
    let request = try request(step, pen)
    sent.append(step.description)
    outcome.fates[step.fate.rawValue, default: 0] += 1
    guard step.fate != .forged else {
      compare(try await exchange(request), [SimulatorLedger.Answer(word: .forged)], step, pen)
      return
    }
    let expected = step.notes.map { ledger.take($0) }
    switch step.fate {
    case .answered, .forged: break
    case .duplicated: compare(try await exchange(request), expected, step, pen)
    case .twins:
      for reply in try await twins(request) { compare(reply, expected, step, pen) }
      return
    case .replyLost:
      _ = try await exchange(request)
      return
    case .cut:
      try await pace.turn()
      await line.cut(request, after: .milliseconds(1 + request.body.count % 7))
    case .truncated:
      try await pace.turn()
      await line.truncate(request)
    }
    compare(try await exchange(request), expected, step, pen)
  }

  private mutating func twins(_ request: SimulatorRequest) async throws -> [SimulatorReply] {
    try await pace.turn()
    outcome.requests += 2
    let line = line
    async let one = line.send(request)
    async let other = line.send(request)
    return [try await one, try await other]
  }

  // MARK: Comparing

  private mutating func compare(
    _ reply: SimulatorReply, _ expected: [SimulatorLedger.Answer], _ step: SimulatorStep, _ pen: SimulatorPen
  ) {
    let reading = SimulatorReading(provider, reply, currency: player.brand.currency)
    let wanted = wanted(expected, step)
    for (note, line) in zip(step.notes, step.isBatch ? reading.items : [reading]) { outcome.count(note.operation.rawValue, line.term) }
    if reading != wanted { diverge(expected: wanted.description, actual: reading.description) }
    // The first answer comes again byte for byte.
    guard step.fate != .forged, step.notes.allSatisfy({ $0.operation.hasTransaction }) else { return }
    let body = pen.body(of: step)
    if let earlier = first[body], earlier != reply.body {
      diverge(expected: String(decoding: earlier, as: UTF8.self), actual: String(decoding: reply.body, as: UTF8.self))
    }
    first[body] = reply.body
  }

  private func wanted(_ expected: [SimulatorLedger.Answer], _ step: SimulatorStep) -> SimulatorReading {
    let lines = expected.map {
      SimulatorReading(status: provider.status(of: $0.word), term: provider.term(for: $0.word), balance: $0.balance)
    }
    guard step.isBatch else { return lines[0] }
    var whole = SimulatorReading(status: 200, term: provider.term(for: .applied))
    whole.items = lines
    return whole
  }

  private mutating func compareEnd(_ prefix: String) async throws {
    let bets = ledger.bets.mapValues { "\($0.state) \($0.stake) \($0.won)" }
    let (found, total) = (try await stack.bets(of: &player, prefix: prefix), try await stack.total(of: &player))
    sent.append("the end")
    if total != ledger.balance { diverge(expected: "balance \(ledger.balance)", actual: "balance \(total)") }
    let names = Set(bets.keys).union(found.keys).filter { bets[$0] != found[$0] }.sorted()
    guard !names.isEmpty else { return }
    func text(_ side: [String: String]) -> String { names.map { "\($0): \(side[$0] ?? "none")" }.joined(separator: ", ") }
    diverge(expected: text(bets), actual: text(found))
  }

  /// The first is kept: what follows it follows from it.
  private mutating func diverge(expected: String, actual: String) {
    guard outcome.divergence == nil else { return }
    outcome.divergence = SimulatorDivergence(
      session: number, brand: player.brand.code, expected: expected, actual: actual, sequence: sent)
  }
}
