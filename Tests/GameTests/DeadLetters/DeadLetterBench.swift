import AsyncHTTPClient
import Contracts
import Foundation
import HTTPTypes
import Kernel
import Logging
import NIOCore
import NIOHTTP1
import Platform
import Postgres
import Security
import TestSupport

@testable import Game

/// The dead letters of a game role, on a database and a spool of their own; its callbacks are scripted.
struct DeadLetterBench: Sendable {
  static let adminToken = "admin-token-0123456789abcdef"
  static let gameToken = "game-token-0123456789abcdef"

  let database: TestDatabase
  let directory: String
  let callbacks: ScriptedCallbacks
  let role: RunningRole
  let office: DeadLetterOffice
  let spool: DeadLetterSpool

  static func run(
    bounds: DeadLetterSpool.Bounds = .init(), _ body: @escaping @Sendable (DeadLetterBench) async throws -> Void
  ) async throws {
    try await TestDatabase.lease { try await run(on: $0, url: $0.url, bounds: bounds, body) }
  }

  /// - Parameter url: where the role reaches the database.
  static func run(
    on database: TestDatabase, url: String, gate: (any WriteGate)? = nil, bounds: DeadLetterSpool.Bounds = .init(),
    _ body: @escaping @Sendable (DeadLetterBench) async throws -> Void
  ) async throws {
    let directory = FileManager.default.temporaryDirectory.path + "/cordon-spool-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let logs = LogRecorder()
    let context = try RunningRole.context(.gameService, logs: logs)
    let app = Database(try DatabaseConfiguration(url: url, poolSizeMax: 4), logger: context.logger)
    let own = Database(
      try DatabaseConfiguration(url: url, poolSizeMax: DeadLetterRecorder.poolSizeMax), logger: context.logger, gate: gate)
    let spool = DeadLetterSpool(directory: directory, bounds: bounds)
    let office = DeadLetterOffice(context: context, database: app, ownDatabase: own, spool: spool, providers: ["mg", "bti"])
    await office.prepare()
    let callbacks = ScriptedCallbacks()
    let tokens: [CallerLabel: String] = [.admin: adminToken, .game: gameToken]
    let requestGuard = RoleGuard(
      callers: CallerGuard(verifier: try CallerTokenVerifier(CallerTokens(active: tokens)), metrics: context.metrics),
      brands: BrandHeaderGuard(mode: .enforce, metrics: context.metrics))
    try await RunningRole.serve(
      office.endpoints(replaying: callbacks), context: context, requestGuard: requestGuard, logs: logs
    ) { role in
      try await body(
        DeadLetterBench(database: database, directory: directory, callbacks: callbacks, role: role, office: office, spool: spool))
    }
    await app.close()
    await own.close()
  }

  static func letter(
    _ account: String = "nobody_alice", provider: String = "mg", body: String = #"{"amount":100,"id":"t-1"}"#,
    headers: HTTPFields = [:], requestID: String = "r-1"
  ) -> DeadLetter {
    letter(bytes: Array(body.utf8), account, provider: provider, headers: headers, requestID: requestID)
  }

  static func letter(
    bytes: [UInt8], _ account: String = "nobody_alice", provider: String = "mg", headers: HTTPFields = [:], requestID: String = "r-1"
  ) -> DeadLetter {
    DeadLetter(
      provider: provider, operation: "bet", method: "POST", path: "/callbacks/\(provider)/bet", outboundAccount: account,
      reason: "raw_brand_unresolved", requestID: requestID, headers: headers, body: bytes, receivedAt: WallClock.system.now())
  }

  /// Keeps a letter in the table. - Returns: its row's number.
  func kept(_ account: String = "nobody_alice", provider: String = "mg", body: String = #"{"amount":100,"id":"t-1"}"#) async throws -> Int64
  {
    let letter = Self.letter(account, provider: provider, body: body)
    let receipt = await office.recorder.record(letter)
    guard receipt == .table else { throw NotKept(receipt: receipt) }
    return Int64(try await psql("SELECT id FROM game_callback_dead_letter WHERE letter_id = '\(letter.id)'")) ?? 0
  }

  private struct NotKept: Error { let receipt: DeadLetterReceipt }

  @discardableResult
  func psql(_ sql: String) async throws -> String { try await database.psql("SET search_path = cordon; " + sql) }

  func status(_ id: Int64) async throws -> String {
    try await psql(
      """
      SELECT concat_ws('|', replay_status, replayed_at IS NOT NULL, coalesce(replay_request_id, '-'), abandoned_at IS NOT NULL,
        coalesce(notes, '-')) FROM game_callback_dead_letter WHERE id = \(id)
      """)
  }

  var rows: Int { get async throws { Int(try await psql("SELECT count(*) FROM game_callback_dead_letter")) ?? -1 } }

  /// Files of whole letters.
  var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".letter") }.sorted() }
  }

  /// Asks the role to replay. - Returns: status and body.
  func replay(
    _ id: Int64, dryRun: Bool = false, caller: CallerLabel = .admin, token: String = adminToken
  ) async throws -> (status: UInt, body: String) {
    var request = HTTPClientRequest(url: "\(role.url)/internal/game/dead-letters/\(id)/replay\(dryRun ? "?dry_run=true" : "")")
    request.method = .POST
    request.headers.add(name: HeaderNames.callerService, value: caller.rawValue)
    request.headers.add(name: HeaderNames.internalServiceToken, value: token)
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    return (response.status.code, String(buffer: try await response.body.collect(upTo: 1 << 20)))
  }

  /// The program, with this database and this role.
  var cordon: CordonProgram {
    CordonProgram(environment: [
      "CORDON_ENV": "test", "DATABASE_URL": database.url, "GAME_SERVICE_URL": role.url, "INTERNAL_SERVICE_TOKEN_ADMIN": Self.adminToken,
    ])
  }
}
