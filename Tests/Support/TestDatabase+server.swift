internal import Logging
internal import Postgres

extension TestDatabase {
  /// The migrated database of a server that a test breaks. It goes with the server.
  package static func migrated(on server: TestPostgresServer) async throws -> TestDatabase {
    let name = "cordon"
    let role = SharedPostgres.applicationRole
    try await Psql.run("CREATE ROLE \(role) LOGIN PASSWORD '\(try server.password(of: role))'", at: server.superuserURL())
    try await Psql.run("CREATE DATABASE \(name)", at: server.superuserURL())
    let superuser = try server.superuserURL(database: name)
    try await Migrator(
      DatabaseConfiguration(url: superuser), migrations: try MigrationFolder.load(directory: MigrationFiles.directory),
      logger: Logger(label: "test.migrations") { _ in SwiftLogNoOpLogHandler() }
    ).migrate()
    return TestDatabase(name: name, url: try server.url(role: role, database: name), superuserURL: superuser)
  }
}
