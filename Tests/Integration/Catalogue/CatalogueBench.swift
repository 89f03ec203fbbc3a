import Composition
import Logging
import Postgres
import TestSupport

/// A migrated database, and what the audit of its catalogue says.
struct CatalogueBench: Sendable {
  let database: TestDatabase
  let app: Database

  static func run(_ body: (CatalogueBench) async throws -> Void) async throws {
    try await TestDatabase.lease { database in
      let logger = Logger(label: "catalogue-tests") { _ in SwiftLogNoOpLogHandler() }
      let app = Database(try DatabaseConfiguration(url: database.url, poolSizeMax: 2), logger: logger)
      try await body(CatalogueBench(database: database, app: app))
      await app.close()
    }
  }

  /// As the application's own role sees it.
  func findings() async throws -> [CatalogueFinding] { try await CatalogueAudit(database: app).findings() }

  /// `rule object` of each finding.
  func found() async throws -> [String] { try await findings().map { "\($0.rule.rawValue) \($0.object)" } }

  func brandScopedTables() async throws -> [String] {
    try await database.psql("SELECT schema_name || '.' || table_name FROM cordon.v_brand_scoped_table").split(separator: "\n").map(
      String.init)
  }
}
