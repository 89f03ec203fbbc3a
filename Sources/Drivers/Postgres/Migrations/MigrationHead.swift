/// The head of a database's ladder as a service sees it, for the check at its start (S4-START-05) and its readiness (S4-READY-04).
package enum MigrationHead {
  /// The highest number applied; 0 for a database that was never migrated.
  package static func read(from database: Database) async throws -> Int64 {
    try await database.withPlatform { transaction in
      let present = try await transaction.query("SELECT to_regclass('cordon.schema_migrations') IS NOT NULL AS present")
      guard try present.first?.get("present", as: Bool.self) == true else { return 0 }
      let rows = try await transaction.query("SELECT coalesce(max(version), 0) AS head FROM cordon.schema_migrations")
      return try rows.first?.get("head") ?? 0
    }
  }
}
