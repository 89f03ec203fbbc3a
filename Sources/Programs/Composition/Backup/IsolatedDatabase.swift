internal import Foundation
internal import Logging
internal import Postgres
internal import PrivateServers

/// A PostgreSQL of this process alone, on a unix socket, for looking at a backup. It ends with the process, and its files go with it.
struct IsolatedDatabase: Sendable {
  private static let name = "cordon"
  private static let applicationRole = "cordon_app"
  private static let deadline: Duration = .seconds(600)

  private let server: PrivatePostgres
  private let logger: Logger

  /// - Parameter directory: where its files lie meanwhile, in a folder of their own; nil for `/tmp`.
  static func with<Value>(
    in directory: String?, logger: Logger, _ body: (IsolatedDatabase) async throws -> Value
  ) async throws -> Value {
    guard let directory else { return try await with(try .temporary(), logger, body) }
    let folder = "\(directory)/cordon-restore-\(ProcessInfo.processInfo.processIdentifier)"
    // What is there already isn't ours to take away afterwards.
    guard !FileManager.default.fileExists(atPath: folder) else { throw BackupFault(.conflict, "\(folder) is there already") }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await with(try await .prepare(folder), logger, body)
  }

  private static func with<Value>(
    _ place: ServerDirectory, _ logger: Logger, _ body: (IsolatedDatabase) async throws -> Value
  ) async throws -> Value {
    let server: PrivatePostgres
    do {
      server = try await PrivatePostgres.start(
        PrivatePostgresConfiguration(directory: place, listening: .unixSocket, durable: false, removesDirectory: true))
    } catch {
      await place.remove()
      throw error
    }
    do {
      let value = try await body(IsolatedDatabase(server: server, logger: logger))
      await server.stop()
      await place.remove()
      return value
    } catch {
      await server.stop()
      await place.remove()
      throw error
    }
  }

  /// Makes the roles that the dump names, and fills the database from it.
  func restore(_ dump: String, roles: [BackupRole]) async throws {
    let maintenance = try configuration(database: "postgres")
    try await Self.open(maintenance, logger) { try await RoleStore(database: $0).make(roles) }
    try await ServerSetup(maintenance, logger: logger).createDatabase(Self.name)
    try await DumpProgram.restore(dump, into: try configuration(database: Self.name), database: Self.name)
  }

  func migrate(_ migrations: [Migration]) async throws {
    try await Migrator(try configuration(database: Self.name), migrations: migrations, logger: logger).migrate()
  }

  /// As a superuser, for whoever reads everything.
  func withDatabase<Value>(_ body: (Database) async throws -> Value) async throws -> Value {
    try await Self.open(try configuration(database: Self.name), logger, body)
  }

  /// As the services would log in to it.
  func withApplication<Value>(_ body: (Database) async throws -> Value) async throws -> Value {
    let superuser = try configuration(database: Self.name)
    try await ServerSetup(superuser, logger: logger).setPassword(
      try server.password(of: Self.applicationRole), of: Self.applicationRole)
    var application = try DatabaseConfiguration(url: try server.url(role: Self.applicationRole, database: Self.name), poolSizeMax: 1)
    application.defaultDeadline = Self.deadline
    return try await Self.open(application, logger, body)
  }

  private func configuration(database: String) throws -> DatabaseConfiguration {
    var configuration = try DatabaseConfiguration(
      url: try server.url(role: PrivatePostgres.superuser, database: database), poolSizeMax: 2)
    configuration.defaultDeadline = Self.deadline
    configuration.applicationName = "cordon backup"
    return configuration
  }

  private static func open<Value>(
    _ configuration: DatabaseConfiguration, _ logger: Logger, _ body: (Database) async throws -> Value
  ) async throws -> Value {
    let database = Database(configuration, logger: logger)
    do {
      let value = try await body(database)
      await database.close()
      return value
    } catch {
      await database.close()
      throw error
    }
  }
}
