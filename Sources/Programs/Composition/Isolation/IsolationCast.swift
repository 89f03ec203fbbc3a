internal import Contracts
internal import Kernel
internal import Platform
internal import Postgres

/// Makes one of each kind of thing in a brand, through the doors that everybody has.
struct IsolationCast: Sendable {
  let doors: IsolationDoors
  let brand: DemoBrand
  let operatorToken: String
  /// Makes the names of this run its own.
  let run: String
  /// Of the brand's players of this run.
  let password: String

  func make() async throws -> IsolationCanaries {
    var made = IsolationCanaries(brand: brand, operatorToken: operatorToken)
    made.keep(.brand, .integer(brand.id))
    made.keep(.currency, .string(brand.currency))
    made.keep(.password, .string(password))
    made.keep(.operatorID, .string(IsolationIdentity.operatorID(of: brand)))
    try await makePlayers(&made)
    try await makeMoney(&made)
    try await makeTransactions(&made)
    for (kind, thing, document) in Self.documents { try await makeDocument(kind, thing, document, &made) }
    try await makeBackOffice(&made)
    for provider in SimulatedProvider.allCases { try await makeGame(provider, &made) }
    return made
  }

  private static let documents: [(String, IsolationThing, IsolationThing)] = [
    ("policy", .policyVersion, .policyDocument), ("topology", .topologyVersion, .topologyDocument),
  ]

  /// Ten seconds.
  private static let refusalTries = 50

  // MARK: Players

  private func makePlayers(_ made: inout IsolationCanaries) async throws {
    let accounts: [(IsolationThing, String)] = [(.account, "iso\(brand.code)a\(run)"), (.secondAccount, "iso\(brand.code)b\(run)")]
    for (thing, account) in accounts {
      try await expect(
        "registering", doors.send(.visitor, of: brand, "POST", "/v1/players", to: .gateway, body: credentials(account)))
      made.keep(thing, .string(account))
    }
    let main = try await logIn(accounts[0].1)
    made.keep(.player, try Self.member("player_id", main))
    made.keep(.accessToken, .string("Bearer \(try Self.text("access_token", main))"))
    made.keep(.session, try Self.member("session_id", main))
    for name in ["access_token", "refresh_token"] { made.mark(try Self.text(name, main)) }
    try await renewPassing(&made)
    let second = try await logIn(accounts[1].1)
    made.keep(.refreshToken, try Self.member("refresh_token", second))
    // Twice, so that the log of log-ins has a second page.
    _ = try await logIn(accounts[0].1)
  }

  /// A session that may end, of the first player.
  func renewPassing(_ made: inout IsolationCanaries) async throws {
    let passing = try await logIn(made[.account]?.text ?? "")
    made.keep(.passingToken, .string("Bearer \(try Self.text("access_token", passing))"))
    made.keep(.passingSession, try Self.member("session_id", passing))
  }

  /// A refresh token that is good for one use.
  func newRefreshToken(_ made: IsolationCanaries) async throws -> JSONValue {
    try Self.member("refresh_token", try await logIn(made[.secondAccount]?.text ?? ""))
  }

  func newToken(_ made: IsolationCanaries) async throws -> JSONValue {
    .string("Bearer \(try Self.text("access_token", try await logIn(made[.account]?.text ?? "")))")
  }

  private func logIn(_ account: String) async throws -> StackReply {
    try await expect(
      "logging in", doors.send(.visitor, of: brand, "POST", "/v1/sessions", to: .gateway, body: credentials(account)))
  }

  private func credentials(_ account: String) -> [UInt8] { Self.bytes(["account": .string(account), "password": .string(password)]) }

  // MARK: Money

  private func makeMoney(_ made: inout IsolationCanaries) async throws {
    let player = made[.player] ?? .null
    let currency = JSONValue.string(brand.currency)
    made.keep(.roleKey, .string(key("role")))
    _ = try await command("deposit", key("role"), ["player_id": player, "amount": 50_000_000, "currency": currency])
    let balances = try await read("players/\(Self.word(player))/balances")
    let buckets = Self.items("balances", of: balances).compactMap { $0["bucket"]?.text }
    made.keep(.bucket, .string(buckets.first ?? "cash"))
    made.keep(.otherBucket, .string(buckets.dropFirst().first ?? buckets.first ?? "cash"))
    for number in 1...2 {
      _ = try await command(
        "adjust", key("adjust\(number)"),
        [
          "player_id": player, "amount": 1000, "currency": currency, "bucket": made[.bucket] ?? .null, "reason": "isolation audit",
        ])
    }
    made.keep(.payment, .string("iso-payment-\(run)-\(brand.code)"))
  }

  private func makeTransactions(_ made: inout IsolationCanaries) async throws {
    let (player, currency) = (made[.player] ?? .null, JSONValue.string(brand.currency))
    made.keep(.playerKey, .string("iso-\(run)-player-\(brand.code)"))
    made.keep(.operatorKey, .string("iso-\(run)-operator-\(brand.code)"))
    let money: JSONValue = ["amount": 1000, "currency": currency]
    made.keep(.deposit, try await ask("deposits", made[.playerKey]?.text ?? "", money, made))
    _ = try await ask("deposits", key("second deposit"), money, made)
    made.keep(.withdrawal, try await ask("withdrawals", key("withdrawal"), money, made))
    made.keep(.approvedWithdrawal, try await ask("withdrawals", key("approved withdrawal"), money, made))
    _ = try await command(
      "withdraw-approve", key("approval"), ["player_id": player, "transaction_id": made[.approvedWithdrawal] ?? .null])
    made.keep(.betReference, .string("iso-bet-\(run)-\(brand.code)"))
    let bet = try await command(
      "authorize", key("bet"),
      ["player_id": player, "amount": 1000, "currency": currency, "provider": "house", "reference": made[.betReference] ?? .null])
    made.keep(.transaction, Self.transaction(bet))
    made.keep(.secondBetReference, .string("iso-bet-second-\(run)-\(brand.code)"))
    _ = try await command(
      "authorize", key("second bet"),
      ["player_id": player, "amount": 1000, "currency": currency, "provider": "house", "reference": made[.secondBetReference] ?? .null])
    try await useKeys(made)
    made.keep(.event, .string(try await lastEvent()))
    let bonus = try await command(
      "bonus-grant", key("bonus"), ["player_id": player, "amount": 1000, "currency": currency, "requirement": 1000])
    made.keep(.bonus, Self.transaction(bonus))
  }

  /// Uses a key of each kind for each row that is asked with one: a key that the asking brand has used is its own from then on.
  private func useKeys(_ made: IsolationCanaries) async throws {
    let (player, currency) = (made[.player] ?? .null, JSONValue.string(brand.currency))
    for number in 0..<IsolationTable.keyed(.roleKey).count {
      let name = Self.numbered(made[.roleKey], number)
      _ = try await command("deposit", name, ["player_id": player, "amount": 100, "currency": currency])
    }
    for number in 0..<IsolationTable.keyed(.playerKey).count {
      _ = try await ask("deposits", Self.numbered(made[.playerKey], number), ["amount": 1000, "currency": currency], made)
    }
    for number in 0..<IsolationTable.keyed(.operatorKey).count {
      _ = try await operate(
        "POST", "players/\(Self.word(player))/deposits", ["amount": 1000, "currency": currency, "reason": "isolation audit"],
        key: Self.numbered(made[.operatorKey], number))
    }
  }

  /// The key for the row of that number.
  static func numbered(_ key: JSONValue?, _ number: Int) -> String { "\(key?.text ?? "")-\(number)" }

  /// As the player, through the gateway.
  private func ask(_ what: String, _ key: String, _ body: JSONValue, _ made: IsolationCanaries) async throws -> JSONValue {
    let headers = ["authorization": made[.accessToken]?.text ?? "", HeaderNames.idempotencyKey: key]
    let reply = try await expect(
      what,
      doors.send(.player, of: brand, "POST", "/v1/wallet/\(what)", to: .gateway, headers: headers, body: Self.bytes(body)))
    return Self.transaction(reply)
  }

  private func command(_ name: String, _ key: String, _ body: JSONValue) async throws -> StackReply {
    try await expect(
      name,
      doors.send(
        .role, of: brand, "POST", "/internal/wallet/\(name)", to: .walletService, headers: [HeaderNames.idempotencyKey: key],
        body: Self.bytes(body)))
  }

  private func read(_ path: String) async throws -> JSONValue {
    let reply = try await expect(path, doors.send(.role, of: brand, "GET", "/internal/wallet/\(path)", to: .walletService))
    return try JSONDocument.parse(reply.body)
  }

  private func key(_ what: String) -> String { "\(brand.code):isolation:\(run):\(what.replacing(" ", with: "-"))" }

  // MARK: Documents and entries

  private func makeDocument(
    _ kind: String, _ version: IsolationThing, _ document: IsolationThing, _ made: inout IsolationCanaries
  ) async throws {
    made.keep(document, try await read(kind)["document"] ?? .null)
    made.keep(version, try await draft(kind, made[document] ?? .null))
  }

  private func draft(_ kind: String, _ document: JSONValue) async throws -> JSONValue {
    let body: JSONValue = [
      "document": document, "operator_id": .string(IsolationIdentity.operatorID(of: brand)), "reason": "isolation audit",
    ]
    let reply = try await expect(
      "a draft of the \(kind)",
      doors.send(.role, of: brand, "POST", "/internal/wallet/\(kind)/versions", to: .walletService, body: Self.bytes(body)))
    return try Self.member("version", reply)
  }

  /// Goes on until the brand's numbers are past those of the other, so that its last ones are its own alone.
  ///
  /// - Returns: false where that would take more than `steps` of one kind.
  func overtake(_ other: IsolationCanaries, _ made: inout IsolationCanaries, steps: Int) async throws -> Bool {
    for (kind, version, document) in Self.documents {
      for _ in 0..<steps where Self.number(made[version]) <= Self.number(other[version]) {
        made.keep(version, try await draft(kind, made[document] ?? .null))
      }
    }
    made.keep(.entry, .integer(try await lastEntry()))
    for step in 0..<steps where Self.number(made[.entry]) <= Self.number(other[.entry]) {
      _ = try await command(
        "deposit", key("entry \(step) \(Self.number(other[.entry]))"),
        ["player_id": made[.player] ?? .null, "amount": 100, "currency": .string(brand.currency)])
      made.keep(.entry, .integer(try await lastEntry()))
    }
    return [.policyVersion, .topologyVersion, .entry].allSatisfy { Self.number(made[$0]) > Self.number(other[$0]) }
  }

  /// The wallet's last event of the brand, as operators name it.
  private func lastEvent() async throws -> String {
    guard let id = BrandID(brand.id) else { return "" }
    let rows = try await doors.stack.database.withBrand(id) { transaction in
      try await transaction.query(
        """
        SELECT event_id::text AS event FROM wallet.wallet_outbox WHERE brand_id = \(transaction.brand) ORDER BY event_id DESC LIMIT 1
        """)
    }
    return try rows.first?.get("event") ?? ""
  }

  /// The number of the brand's last posting.
  func lastEntry() async throws -> Int64 {
    guard let id = BrandID(brand.id) else { return 0 }
    let rows = try await doors.stack.database.withBrand(id) { transaction in
      try await transaction.query(
        "SELECT coalesce(max(seq), 0) AS last FROM wallet.wallet_ledger WHERE brand_id = \(transaction.brand)")
    }
    return try rows[0].get("last")
  }

  static func number(_ value: JSONValue?) -> Int64 {
    guard case .number(let digits)? = value else { return 0 }
    return Int64(digits) ?? 0
  }

  // MARK: The back office

  private func makeBackOffice(_ made: inout IsolationCanaries) async throws {
    let player = Self.word(made[.player] ?? .null)
    made.keep(.operatorKey, .string("iso-\(run)-operator-\(brand.code)"))
    for key in [made[.operatorKey]?.text ?? "", "iso-\(run)-operator-second"] {
      _ = try await operate(
        "POST", "players/\(player)/deposits", ["amount": 1000, "currency": .string(brand.currency), "reason": "isolation audit"], key: key)
    }
    for number in 1...2 {
      let name = "isolation \(brand.code) \(number) \(run)"
      let agent = try await operate("POST", "agents", ["name": .string(name)])
      made.mark(name)
      if number == 1 { made.keep(.agent, try Self.member("agent_id", agent)) }
    }
    let host = "iso-\(run).\(brand.host)"
    _ = try await operate("PUT", "domains/\(host)", ["agent_id": made[.agent] ?? .null])
    made.keep(.host, .string(host))
    let name = "isolation_\(brand.code)_\(run)"
    for value in 1...2 { _ = try await operate("PUT", "brand-config/\(name)", ["value": .integer(value)]) }
    made.keep(.configKey, .string(name))
    let rows = try await operate("GET", "audit?resource_key=\(name)&limit=1", nil)
    guard let row = Self.items("data", of: try JSONDocument.parse(rows.body)).first?["audit_id"] else {
      throw IsolationFault.unexpected("the audit of \(name)", rows.summary)
    }
    made.keep(.auditRow, row)
    try await makeRefusals(&made)
  }

  /// Two, so that their list has a second page. They are written in their own time.
  private func makeRefusals(_ made: inout IsolationCanaries) async throws {
    let ids = (1...2).map { "iso-refused-\(run)-\(brand.code)-\($0)" }
    for id in ids {
      let headers = [HeaderNames.brandID: String(brand.id), HeaderNames.requestID: id]
      _ = try await doors.send(
        .operatorOfBrand, of: brand, "GET", "/v1/admin/platform-audit", to: .adminService, headers: headers, operatorToken: operatorToken)
    }
    for id in ids {
      var isKept = false
      for _ in 0..<Self.refusalTries where !isKept {
        let reply = try await operate("GET", "system-events?request_id=\(id)", nil)
        isKept = !Self.items("data", of: try JSONDocument.parse(reply.body)).isEmpty
        if !isKept { try await Task.sleep(for: .milliseconds(200)) }
      }
      guard isKept else { throw IsolationFault.unexpected("the event of \(id)", "it is not in the list") }
    }
    made.keep(.refusedRequest, .string(ids[0]))
  }

  @discardableResult
  func operate(_ method: String, _ path: String, _ body: JSONValue?, key: String? = nil) async throws -> StackReply {
    var headers = [HeaderNames.brandID: String(brand.id)]
    if let key { headers[HeaderNames.idempotencyKey] = key }
    return try await expect(
      "\(method) \(path)",
      doors.send(
        .operatorOfBrand, of: brand, method, "/v1/admin/\(path)", to: .adminService, headers: headers, body: body.map { Self.bytes($0) },
        operatorToken: operatorToken))
  }

  // MARK: Games

  private func makeGame(_ provider: SimulatedProvider, _ made: inout IsolationCanaries) async throws {
    guard doors.identity.providerKeys[provider] != nil else { return }
    let opened = try await expect(
      "opening a game of \(provider.rawValue)",
      doors.send(
        .role, of: brand, "POST", "/internal/game/launch", to: .gameService,
        body: Self.bytes(["player_id": made[.player] ?? .null, "provider": .string(provider.rawValue), "game": "audit"])))
    made.keep(.gameAccount(provider), try Self.member("account", opened))
    made.keep(.gameToken(provider), try Self.member("session_token", opened))
    made.keep(.gameBet(provider), .string("iso-\(run)-\(provider.rawValue)-bet-\(brand.code)"))
    made.keep(.secondGameBet(provider), .string("iso-\(run)-\(provider.rawValue)-bet2-\(brand.code)"))
    made.keep(.thirdGameBet(provider), .string("iso-\(run)-\(provider.rawValue)-bet3-\(brand.code)"))
    made.keep(.gameRound(provider), .string("iso-\(run)-\(provider.rawValue)-round-\(brand.code)"))
    let pen = IsolationPen(provider: provider, currency: brand.currency)
    if provider.exchangesTokens {
      let reply = try await callback(provider, pen.callback("Authenticate", ["token": made[.gameToken(provider)] ?? .null]))
      if let own = SimulatorReading.element("ProviderToken", in: reply.text) { made.keep(.gameToken(provider), .string(own)) }
    }
    _ = try await callback(
      provider,
      pen.callback(
        "Bet",
        [
          "account": made[.gameAccount(provider)] ?? .null, "token": made[.gameToken(provider)] ?? .null,
          "transaction": made[.gameBet(provider)] ?? .null, "round": made[.gameRound(provider)] ?? .null,
        ]))
    for (thing, name) in [(IsolationThing.secondGameBet(provider), "Bet"), (.thirdGameBet(provider), "PromoWin")] {
      _ = try await callback(
        provider,
        pen.callback(
          name,
          [
            "account": made[.gameAccount(provider)] ?? .null, "token": made[.gameToken(provider)] ?? .null,
            "transaction": made[thing] ?? .null, "round": .string("iso-\(run)-\(thing.name)-\(brand.code)"),
          ]))
    }
  }

  private func callback(_ provider: SimulatedProvider, _ callback: (path: String, body: [UInt8])) async throws -> StackReply {
    try await expect(
      callback.path,
      doors.send(.provider(provider), of: brand, "POST", "/callbacks/\(callback.path)", to: .gameService, body: callback.body))
  }

  // MARK: Answers

  @discardableResult
  private func expect(_ what: String, _ reply: StackReply) throws -> StackReply {
    guard reply.status < 300 else { throw IsolationFault.unexpected("\(what) on \(brand.code)", reply.summary) }
    return reply
  }

  private static func bytes(_ value: JSONValue) -> [UInt8] { Array(JSONWriter.text(of: value).utf8) }

  private static func member(_ name: String, _ reply: StackReply) throws -> JSONValue {
    guard let value = JSONMember.value(name, of: reply.body) else { throw IsolationFault.unexpected(name, reply.summary) }
    return value
  }

  private static func text(_ name: String, _ reply: StackReply) throws -> String {
    guard let text = try member(name, reply).text else { throw IsolationFault.unexpected(name, reply.summary) }
    return text
  }

  private static func items(_ name: String, of json: JSONValue) -> [JSONValue] {
    if case .array(let items)? = json[name] { items } else { [] }
  }

  private static func transaction(_ reply: StackReply) -> JSONValue {
    JSONMember.value("transaction", of: reply.body)?["transaction_id"] ?? .null
  }

  /// As it stands in a path.
  static func word(_ value: JSONValue) -> String {
    switch value {
    case .string(let text), .number(let text): text
    default: ""
    }
  }
}
