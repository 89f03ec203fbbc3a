internal import Postgres

/// The SQL that gives a new server the roles of another.
struct RoleStore {
  let database: Database

  /// Without passwords: nobody logs in as one of them unasked.
  func make(_ roles: [BackupRole]) async throws {
    try await database.withPlatform { transaction in
      for role in roles {
        let there = try await transaction.query("SELECT FROM pg_roles WHERE rolname = \(role.name)")
        guard there.isEmpty else { continue }
        try await transaction.execute("CREATE ROLE \(unsafe: Self.declaration(of: role))")
      }
      for role in roles {
        for group in role.groups {
          try await transaction.execute(
            "GRANT \(unsafe: SQL.quotedIdentifier(group)) TO \(unsafe: SQL.quotedIdentifier(role.name))")
        }
      }
    }
  }

  private static func declaration(of role: BackupRole) -> String {
    let powers = [
      role.canLogIn ? "LOGIN" : "NOLOGIN", role.inherits ? "INHERIT" : "NOINHERIT",
      role.bypassesRowSecurity ? "BYPASSRLS" : "NOBYPASSRLS",
    ]
    return ([SQL.quotedIdentifier(role.name)] + powers).joined(separator: " ")
  }
}
