internal import Glibc
internal import Kernel
internal import Logging
internal import Postgres

/// The PostgreSQL that the tests of this process share, with the migrated template that each lease copies.
///
/// `CORDON_TEST_DATABASE_URL`, a superuser's URL, names another server to use instead.
package actor TestServers {
  package static let shared = TestServers()

  private var postgres: Task<SharedPostgres, any Error>?
  private var template: Task<String, any Error>?

  func sharedPostgres() async throws -> SharedPostgres {
    // Unstructured, because the first of many tests starts what all of them wait for, and may itself be cancelled.
    let task = postgres ?? Task { try await Self.startPostgres() }
    postgres = task
    return try await task.value
  }

  /// The name of the database that has all migrations.
  func migratedTemplate() async throws -> String {
    let task = template ?? Task { try await Self.makeTemplate(on: self.sharedPostgres()) }
    template = task
    return try await task.value
  }

  /// Unique on the server, also when several test processes share one.
  nonisolated static func newDatabaseName() -> String {
    var random = SystemRandomNumberGenerator()
    return "cordon_test_" + Hexadecimal.encode((0..<8).map { _ in UInt8.random(in: .min ... .max, using: &random) })
  }

  private static func startPostgres() async throws -> SharedPostgres {
    if let url = getenv("CORDON_TEST_DATABASE_URL").map({ String(cString: $0) }), !url.isEmpty {
      return try await prepare(SharedPostgres(superuserURL: url, applicationPassword: "cordon-test", server: nil))
    }
    let server = try await TestPostgresServer.start()
    let password = try server.password(of: SharedPostgres.applicationRole)
    return try await prepare(SharedPostgres(superuserURL: server.superuserURL(), applicationPassword: password, server: server))
  }

  private static func prepare(_ postgres: SharedPostgres) async throws -> SharedPostgres {
    let role = SharedPostgres.applicationRole
    try await Psql.run(
      """
      DO $$ BEGIN CREATE ROLE \(role); EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
      ALTER ROLE \(role) LOGIN PASSWORD '\(postgres.applicationPassword)';
      """, at: postgres.superuserURL())
    return postgres
  }

  private static func makeTemplate(on postgres: SharedPostgres) async throws -> String {
    let name = newDatabaseName() + "_template"
    try await Psql.run("CREATE DATABASE \(name)", at: postgres.superuserURL())
    let url = postgres.superuserURL(database: name)
    let migrations = try MigrationFolder.load(directory: MigrationFiles.directory)
    try await Migrator(
      DatabaseConfiguration(url: url), migrations: migrations, logger: Logger(label: "test.migrations") { _ in SwiftLogNoOpLogHandler() }
    ).migrate()
    return name
  }
}
