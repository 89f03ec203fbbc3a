/// A database of a test's own.
package struct TestDatabase: Sendable {
  package let name: String
  /// Logs in as `cordon_app`, as services do: row-level security holds it.
  package let url: String
  /// Logs in as a superuser, to prepare and to look behind the scenes.
  package let superuserURL: String

  /// A copy of the migrated template for as long as `body` runs; then it is dropped, with whatever is still connected.
  package static func lease<Value>(_ body: (TestDatabase) async throws -> Value) async throws -> Value {
    let template = try await TestServers.shared.migratedTemplate()
    return try await lease(template: template, settings: databaseSettings, body)
  }

  /// A database without any table of ours.
  package static func leaseEmpty<Value>(_ body: (TestDatabase) async throws -> Value) async throws -> Value {
    try await lease(template: "template0", settings: { _ in [] }, body)
  }

  /// What belongs to a database rather than standing in it, so that the copy of a template lacks it; as in the first migration.
  private static func databaseSettings(_ name: String) -> [String] {
    [
      "GRANT CREATE ON DATABASE \(name) TO cordon_owner",
      "REVOKE CREATE, TEMPORARY ON DATABASE \(name) FROM PUBLIC",
      "ALTER DATABASE \(name) SET search_path = cordon, public",
    ]
  }

  private static func lease<Value>(
    template: String, settings: (String) -> [String], _ body: (TestDatabase) async throws -> Value
  ) async throws -> Value {
    await LeaseTurns.databases.take()
    defer { LeaseTurns.databases.giveBack() }
    let postgres = try await TestServers.shared.sharedPostgres()
    let name = TestServers.newDatabaseName()
    // Copying files beats copying through the WAL as soon as there are some hundred tables.
    let creation = ["CREATE DATABASE \(name) TEMPLATE \(template) STRATEGY FILE_COPY"] + settings(name)
    try await Psql.run(creation, at: postgres.superuserURL())
    let database = TestDatabase(
      name: name, url: postgres.applicationURL(database: name), superuserURL: postgres.superuserURL(database: name))
    do {
      let value = try await body(database)
      try await drop(name, on: postgres)
      return value
    } catch {
      // The test's own error is the one to tell.
      try? await drop(name, on: postgres)
      throw error
    }
  }

  private static func drop(_ name: String, on postgres: SharedPostgres) async throws {
    try await Psql.run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)", at: postgres.superuserURL())
  }

  /// Runs SQL as the superuser, through `psql`; `a|b` lines.
  @discardableResult
  package func psql(_ sql: String) async throws -> String { try await Psql.run(sql, at: superuserURL) }
}
