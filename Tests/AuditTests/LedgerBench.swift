import Evidence
import Foundation
import Kernel
import Logging
import Platform
import Postgres
import TestSupport

@testable import Audit

/// Ledgers of three brands, and a signer of their logs.
struct LedgerBench: Sendable {
  struct Unusable: Error {}

  let database: TestDatabase
  let app: Database
  let directory: String
  let signer: LogSigner

  static func run(_ body: (LedgerBench) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory.path + "/cordon-ledgers-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    guard let name = OperatorName("test.example"), let key = SigningKey(seed: [UInt8](repeating: 7, count: 32)) else { throw Unusable() }
    let history = KeyHistory(first: try KeyRecord(first: key, of: name, from: Timestamp(seconds: 1_700_000_000)))
    guard let signer = LogSigner(key: key, history: history) else { throw Unusable() }
    try await TestDatabase.lease { database in
      try await database.psql(
        """
        INSERT INTO cordon.brand (brand_id, brand_code, name, default_currency) VALUES (2, 'brand2', 'Second', 'EUR'), (3, 'brand3', 'Third', 'EUR');
        INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash)
          SELECT b, p, 'player' || p, 'player' || p, 'x' FROM generate_series(1, 3) AS b, generate_series(1, 2) AS p;
        """)
      var configuration = try DatabaseConfiguration(url: database.url, poolSizeMax: 8)
      configuration.defaultDeadline = .seconds(60)
      let app = Database(configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      try await body(LedgerBench(database: database, app: app, directory: directory, signer: signer))
      await app.close()
    }
  }

  func log(_ ledger: Ledger, brand: Int64? = 1) throws -> LedgerLog {
    let sources: [any LedgerSource] = [AdminAuditLedger(), BalanceLogLedger(), RecoveryAuditLedger(), SystemEventLedger()]
    let logs = LogCatalog(brands: BrandCatalog(database: app), sources: sources)
    guard let brand else { return try Self.only(logs.logs(of: .platform, only: [ledger])) }
    guard let id = BrandID(brand) else { throw Unusable() }
    return try Self.only(logs.logs(of: .brand(id), only: [ledger]))
  }

  private static func only(_ logs: [LedgerLog]) throws -> LedgerLog {
    guard let log = logs.first, logs.count == 1 else { throw Unusable() }
    return log
  }

  /// Writes rows as a service does: as its role, in the brand's context.
  func write(_ sql: String, brand: Int?) async throws {
    try await database.psql(
      "BEGIN; SET LOCAL ROLE cordon_app; SELECT set_config('app.brand_id', '\(brand.map(String.init) ?? "")', true); \(sql); COMMIT")
  }

  /// What a superuser does who switches the triggers off.
  func plant(_ sql: String, in table: String) async throws {
    try await database.psql(
      """
      CREATE OR REPLACE FUNCTION public.plant() RETURNS void LANGUAGE plpgsql AS $plant$ BEGIN
        SET LOCAL session_replication_role = replica;
        ALTER TABLE \(table) DISABLE TRIGGER ALL; \(sql); ALTER TABLE \(table) ENABLE TRIGGER ALL;
      END $plant$;
      SELECT public.plant();
      """)
  }

  @discardableResult
  func sign(_ log: LedgerLog) async throws -> Int64? {
    let publisher = LogPublisher(signer: signer, memory: LogMemory(directory: directory), clock: .system)
    return try await LogBook(database: app).with(log, isolation: .repeatableRead) { try await publisher.step($0) }?.size
  }

  func audit(_ log: LedgerLog) async throws -> LogAudit.Result { try await LogAudit(database: app).run(log) { _ in } }
}
