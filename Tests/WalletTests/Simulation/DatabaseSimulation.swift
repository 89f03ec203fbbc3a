import Foundation
import Kernel
import Logging
import TestSupport

@testable import Wallet

/// One seeded history on PostgreSQL, in a brand of its own. The seed decides what is sent and which processes die; how commands meet is the
/// machine's.
struct DatabaseSimulation {
  let database: TestDatabase
  let brand: Brand
  private(set) var coverage = SimulationCoverage()
  private(set) var step = 0
  private(set) var model = ModelBooks(currency: "EUR")
  private(set) var referee = SimulationReferee()
  private var clients: SimulatedClients
  private var process: SimulatedProcess
  private var processes = 1
  private var attempts = 0
  private var versions = (topology: 0, policy: 0)
  private let logger = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }

  /// - Parameter number: of the brand; every history has another.
  init(seed: UInt64, brand number: Int64, in database: TestDatabase) async throws {
    guard let id = BrandID(number), let code = BrandCode("simulated\(number)"), let currency = Currency(code: "EUR") else {
      throw SimulationFinding("the brand")
    }
    self.database = database
    brand = Brand(id: id, code: code, status: .enabled, currency: currency)
    clients = SimulatedClients(random: SeededGenerator(seed: seed), prefix: "s\(number)-")
    process = try SimulatedProcess(database, number: Int(number) * 1000)
    try await prepare()
  }

  /// What every history of a database meets: another brand with a player and two keys.
  static func prepareForeign(_ database: TestDatabase) async throws {
    let keys = SimulatedClients.foreignKeys.sorted().map {
      "(2, '\($0)', 'deposit', sha256('x'), 201, '{}', \(SimulatedClients.foreignPlayer))"
    }
    // brand-global: test: each row of the list begins with its brand
    try await database.psql(
      """
      INSERT INTO cordon.brand (brand_id, brand_code, name, default_currency) VALUES (2, 'brand2', 'Second', 'EUR');
      INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash)
        VALUES (2, \(SimulatedClients.foreignPlayer), 'other', 'other', 'none');
      INSERT INTO wallet.wallet_command (brand_id, request_id, command, fingerprint, response_status, response_body, player_id)
        VALUES \(keys.joined(separator: ", "))
      """)
  }

  mutating func run(steps: Int) async throws {
    while step < steps {
      try await changeWorld()
      let size = min(steps - step, clients.roll(10) + 1)
      try await play(clients.send(size, events: &coverage))
      step += size
    }
    try await check()
    await process.close()
  }

  func check(falsifying: String = "") async throws {
    try await DatabaseBooks(brand: brand.id.rawValue).check(model, referee.firstBodies, in: database, falsifying: falsifying)
  }

  // MARK: The world

  private mutating func prepare() async throws {
    let players = SimulatedClients.players.map { "(\(brand.id), \($0), 'player\($0)', 'player\($0)', 'none')" }
    // brand-global: test: each row of the list begins with its brand
    try await database.psql(
      """
      INSERT INTO cordon.brand (brand_id, brand_code, name, default_currency) VALUES (\(brand.id), '\(brand.code)', 'Simulated', 'EUR');
      INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash) VALUES \(players.joined(separator: ", "))
      """)
    for player in SimulatedClients.players { model.isSuspended[player] = false }
    model.foreignPlayers = [SimulatedClients.foreignPlayer]
    model.foreignKeys = SimulatedClients.foreignKeys
    if clients.roll(10) > 0 { try await activateTopology(0) }
    if clients.roll(10) > 0 { try await activatePolicy(0) }
  }

  private mutating func changeWorld() async throws {
    if clients.roll(model.topology == nil ? 2 : 8) == 0 {
      try await activateTopology(clients.roll(SimulatedDocuments.topologies.count))
      coverage.note(.topologyActivated)
    }
    if clients.roll(model.policy == nil ? 2 : 8) == 0 {
      try await activatePolicy(clients.roll(SimulatedDocuments.policies.count))
      coverage.note(.policyActivated)
    }
    if clients.roll(6) == 0 { try await suspend(Int64(clients.roll(SimulatedClients.players.count)) + 1) }
  }

  private mutating func suspend(_ player: Int64) async throws {
    let isSuspended = model.isSuspended[player] == false && clients.roll(2) == 0
    model.isSuspended[player] = isSuspended
    let status = isSuspended ? "suspended" : "active"
    try await database.psql("UPDATE cordon.player SET status = '\(status)' WHERE brand_id = \(brand.id) AND player_id = \(player)")
  }

  private mutating func activateTopology(_ index: Int) async throws {
    versions.topology += 1
    model.topology = SimulatedDocuments.topologies[index]
    try await activate("wallet.wallet_topology", versions.topology, SimulatedDocuments.topologies[index].document)
  }

  private mutating func activatePolicy(_ index: Int) async throws {
    versions.policy += 1
    model.policy = SimulatedDocuments.policies[index]
    try await activate("wallet.wallet_policy", versions.policy, SimulatedDocuments.policies[index].document)
  }

  private func activate(_ table: String, _ version: Int, _ document: String) async throws {
    try await database.psql(
      """
      BEGIN;
      INSERT INTO \(table) (brand_id, version, document, created_by) VALUES (\(brand.id), \(version), '\(document)', 'test');
      UPDATE \(table) SET status = 'retired', retired_at = now() WHERE brand_id = \(brand.id) AND status = 'active';
      UPDATE \(table) SET status = 'active', activated_by = 'test', activated_at = now()
        WHERE brand_id = \(brand.id) AND version = \(version);
      COMMIT
      """)
  }

  // MARK: What is sent at once

  private mutating func play(_ commands: [ModelCommand]) async throws {
    let lanes = SimulatedLanes(commands).lanes
    // Where one of two commands under a key isn't kept, what the other is told depends on who came first.
    let dies = clients.roll(6) == 0 && Set(commands).count == Set(commands.map(\.key)).count
    let isCut = clients.roll(2) == 0
    let togetherAt = UInt64.random(in: .min ... .max, using: &clients.random)
    if dies {
      try await playThroughDeath(commands, lanes, isCut: isCut)
    } else {
      let told = try await send(commands, lanes, togetherAt, through: process)
      try judge(commands, lanes, told, isCertain: true)
    }
  }

  /// The process is left alone with the commands; another one gets them again at once. What the first may still do with them, it does
  /// before the history goes on.
  private mutating func playThroughDeath(_ commands: [ModelCommand], _ lanes: [[Int]], isCut: Bool) async throws {
    coverage.note(isCut ? .crashBeforeCommit : .crashAfterCommit)
    let dying = process
    let firsts = try requests(commands)
    let left = lanes.map { lane in
      // Of a lane that is cut in its midst an end could be done before a beginning.
      let requests = lane.prefix(isCut ? 1 : lane.count).map { firsts[$0] }
      return Task { await dying.commands.execute(requests) }
    }
    if isCut { try await dying.cut(database) }
    processes += 1
    process = try SimulatedProcess(database, number: Int(brand.id.rawValue) * 1000 + processes)
    let told = try await send(commands, lanes, .max, through: process)
    for task in left { _ = await task.value }
    await dying.close()
    try judge(commands, lanes, told, isCertain: false)
  }

  /// - Parameter togetherAt: bit by bit, whether a lane's commands come in one request or one after another.
  /// - Returns: two answers of each lane's first command, which is sent twice at once, and one of each other.
  private mutating func send(
    _ commands: [ModelCommand], _ lanes: [[Int]], _ togetherAt: UInt64, through process: SimulatedProcess
  ) async throws -> [Int: [SimulatedAnswer]] {
    let firsts = try requests(commands)
    let twins = try requests(commands)
    return await withTaskGroup(of: [(place: Int, answer: SimulatedAnswer)].self) { group in
      for (number, lane) in lanes.enumerated() {
        let list = lane.map { firsts[$0] }
        let isTogether = togetherAt >> UInt64(number % 64) & 1 == 1
        group.addTask {
          let outcomes = isTogether ? await process.commands.execute(list) : await Self.oneByOne(list, process.commands)
          return zip(lane, outcomes).map { ($0, SimulatedAnswer($1)) }
        }
        guard let first = lane.first, !lane.contains(where: { commands[$0].key == commands[first].key && commands[$0] != commands[first] })
        else { continue }
        let twin = twins[first]
        group.addTask { [(first, SimulatedAnswer(await Self.outcome(twin, process.commands)))] }
      }
      return await group.reduce(into: [:]) { told, answers in
        for answer in answers { told[answer.place, default: []].append(answer.answer) }
      }
    }
  }

  private static func oneByOne(_ requests: [WalletRequest], _ commands: WalletCommands) async -> [WalletOutcome] {
    var outcomes: [WalletOutcome] = []
    for request in requests { outcomes.append(await outcome(request, commands)) }
    return outcomes
  }

  private static func outcome(_ request: WalletRequest, _ commands: WalletCommands) async -> WalletOutcome {
    do { return .success(try await commands.execute(request)) } catch { return .failure(error) }
  }

  private mutating func requests(_ commands: [ModelCommand]) throws -> [WalletRequest] {
    try commands.map { command in
      guard let player = PlayerID(command.player) else { throw SimulationFinding("the player") }
      attempts += 1
      return WalletRequest(
        brand: brand, key: command.key, player: player, action: command.action, currency: command.currency, reason: command.reason,
        caller: .game, requestID: "r-\(attempts)", traceID: "0", logger: logger)
    }
  }

  // MARK: What came back

  /// - Parameter isCertain: nobody else had the commands, so that it is known which answers are replays.
  private mutating func judge(
    _ commands: [ModelCommand], _ lanes: [[Int]], _ told: [Int: [SimulatedAnswer]], isCertain: Bool
  ) throws {
    for place in lanes.joined() {
      // An answer that is none's replay is the first; its twin must say the same.
      let answers = (told[place] ?? []).sorted { !$0.isReplay && $1.isReplay }
      for (number, answer) in answers.enumerated() {
        try judge(commands[place], answer, isTwin: number > 0, isCertain: isCertain)
      }
    }
  }

  private mutating func judge(_ command: ModelCommand, _ answer: SimulatedAnswer, isTwin: Bool, isCertain: Bool) throws {
    let was = model.target(of: command)
    let identity = ModelIdentity(id: answer.transactionID, createdAt: Self.createdAt(answer.body))
    let verdict = model.execute(command, naming: identity)
    try referee.compare(answer, verdict, command, replayIsKnown: isCertain)
    coverage.note(command, verdict, was: was, after: model)
    if isTwin { return coverage.note(.twinInBatch) }
    if clients.roll(8) == 0 { clients.hearNothing(command) } else { clients.hear(command, verdict, began: answer.transactionID) }
  }

  private static func createdAt(_ body: String) -> String {
    guard let start = body.range(of: "\"created_at\":\"")?.upperBound else { return "" }
    return String(body[start...].prefix(27))
  }
}
