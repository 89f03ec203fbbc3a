internal import Postgres

/// The SQL that makes a new database of a server ready for a dump, and its own settings, which a dump doesn't hold.
struct RestoredDatabaseStore {
  let database: Database

  func exists(_ name: String) async throws -> Bool {
    try await database.withPlatform { transaction in
      try await transaction.query("SELECT EXISTS (SELECT FROM pg_database WHERE datname = \(name)) AS there").first?.get("there") ?? false
    }
  }

  /// As the first migration sets them.
  func configure(_ name: String) async throws {
    let name = SQL.quotedIdentifier(name)
    try await database.withPlatform { transaction in
      try await transaction.execute("GRANT CREATE ON DATABASE \(unsafe: name) TO cordon_owner")
      try await transaction.execute("REVOKE CREATE, TEMPORARY ON DATABASE \(unsafe: name) FROM PUBLIC")
      try await transaction.execute("ALTER DATABASE \(unsafe: name) SET search_path = cordon, public")
    }
  }
}
