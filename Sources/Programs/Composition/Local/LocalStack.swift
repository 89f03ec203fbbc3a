internal import Evidence
internal import Foundation
internal import Kernel
package import Logging
internal import Platform
internal import Postgres
internal import PrivateServers

/// What `cordon up` puts under the roles on one machine: a private PostgreSQL and Redis unless others are named, the schema, and secrets.
package struct LocalStack: Sendable {
  /// Settings that the roles get, below what flags, environment and file say.
  package let settings: [String: String]
  /// Where the data lies.
  package let directory: String
  /// Remarks for the person who started it, such as data that had to go elsewhere.
  package let notices: [String]
  private let postgres: PrivatePostgres?
  private let redis: PrivateRedis?

  /// The database that a private PostgreSQL holds Cordon in.
  private static let databaseName = "cordon"
  private static let applicationRole = "cordon_app"

  /// What may be given instead of started.
  package struct Given: Sendable {
    package let databaseURL: String?
    package let migrateDatabaseURL: String?
    package let redisURL: String?

    package init(databaseURL: String?, migrateDatabaseURL: String?, redisURL: String?) {
      self.databaseURL = databaseURL
      self.migrateDatabaseURL = migrateDatabaseURL
      self.redisURL = redisURL
    }
  }

  /// - Parameters:
  ///   - directory: kept between runs.
  ///   - migrations: the folder of the migration files.
  ///   - progress: told each step as it begins.
  package static func start(
    directory requested: String, migrations: String, given: Given, logger: Logger, progress: @Sendable (String) -> Void
  ) async throws -> LocalStack {
    progress("preparing \(requested)")
    let directory = try await ServerDirectory.prepare(requested)
    let secrets = try SecretsFile(path: directory.path + "/secrets.env").load()
    var postgres: PrivatePostgres?
    var redis: PrivateRedis?
    do {
      var settings = secrets
      settings[Settings.signingKeyFile.name] = try signingKey(in: directory.path)
      if let url = given.databaseURL {
        settings[Settings.databaseURL.name] = url
        try await migrate(given.migrateDatabaseURL ?? url, migrations: migrations, logger: logger, progress: progress)
      } else {
        progress("starting PostgreSQL")
        let server = try await onFreePort(preferring: 5433) { listening throws(PrivateServerError) in
          try await PrivatePostgres.start(PrivatePostgresConfiguration(directory: directory, listening: listening))
        }
        postgres = server
        try await prepare(server, migrations: migrations, logger: logger, progress: progress)
        settings[Settings.databaseURL.name] = try server.url(role: applicationRole, database: databaseName)
        settings[Settings.migrateDatabaseURL.name] = try server.url(role: PrivatePostgres.superuser, database: databaseName)
      }
      if let url = given.redisURL {
        settings[Settings.redisURL.name] = url
      } else {
        progress("starting Redis")
        let server = try await onFreePort(preferring: 6381) { listening throws(PrivateServerError) in
          try await PrivateRedis.start(PrivateRedisConfiguration(directory: directory, listening: listening))
        }
        redis = server
        settings[Settings.redisURL.name] = server.url
      }
      let stack = LocalStack(
        settings: settings, directory: directory.path, notices: [directory.notice].compactMap { $0 }, postgres: postgres, redis: redis)
      // Already now, so that the database can be looked at when a role does not start.
      try stack.describe(settings)
      return stack
    } catch {
      await redis?.stop()
      await postgres?.stop()
      throw error
    }
  }

  /// Made at the first start, and kept: what it signed stays verifiable.
  private static func signingKey(in directory: String) throws -> String {
    let file = SigningKeyFile(path: directory + "/signing.key")
    if !FileManager.default.fileExists(atPath: file.path) {
      guard let operatorName = OperatorName("cordon.local") else { throw SecretFault("the operator has no name") }
      try file.create(operatorName, at: WallClock.system.now())
    }
    return file.path
  }

  /// Writes `cordon.env`, from which the other commands know this stack.
  package func describe(_ settings: [String: String]) throws {
    try EnvironmentFile.write(
      settings, heading: "Settings of the running stack: cordon <command> --config <this file>", to: directory + "/cordon.env")
  }

  /// Another program may take the port between the look and the start: then any other port does. A server that can't start for another
  /// reason fails the second time too, and says why.
  private static func onFreePort<Server>(
    preferring port: Int, _ start: (Listening) async throws(PrivateServerError) -> Server
  ) async throws(PrivateServerError) -> Server {
    do {
      return try await start(.loopback(preferredPort: port))
    } catch  where error.kind == .startFailed {
      return try await start(.loopback(preferredPort: nil))
    }
  }

  /// Stops what was started here; data stays.
  package func stop() async {
    await redis?.stop()
    await postgres?.stop()
  }

  private static func prepare(
    _ server: PrivatePostgres, migrations: String, logger: Logger, progress: @Sendable (String) -> Void
  ) async throws {
    let superuser = PrivatePostgres.superuser
    let maintenance = try DatabaseConfiguration(url: try server.url(role: superuser, database: "postgres"))
    let setup = ServerSetup(maintenance, logger: logger)
    try await setup.createDatabase(databaseName)
    try await migrate(
      try server.url(role: superuser, database: databaseName), migrations: migrations, logger: logger, progress: progress)
    try await setup.setPassword(try server.password(of: applicationRole), of: applicationRole)
  }

  private static func migrate(_ url: String, migrations: String, logger: Logger, progress: @Sendable (String) -> Void) async throws {
    progress("migrating the schema")
    let migrator = Migrator(
      try DatabaseConfiguration(url: url), migrations: try MigrationFolder.load(directory: migrations), logger: logger)
    try await migrator.migrate()
  }
}
