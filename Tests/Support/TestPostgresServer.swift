internal import Glibc
internal import PrivateServers
internal import Synchronization

/// A PostgreSQL of a test's own, or the one that all tests of the process share: on a unix socket, fast and without durability
/// against power loss (a killed server loses nothing). It ends with the process, also when that crashes, and its files go with it.
package final class TestPostgresServer: Sendable {
  private let directory: ServerDirectory
  private let configuration: PrivatePostgresConfiguration
  private let running: Mutex<PrivatePostgres>

  private init(_ configuration: PrivatePostgresConfiguration, _ server: PrivatePostgres) {
    self.directory = configuration.directory
    self.configuration = configuration
    running = Mutex(server)
  }

  /// - Parameters:
  ///   - durable: true to have `fsync` on, for tests of what survives.
  ///   - loopback: true for a TCP port, for tests that put a proxy before the server.
  package static func start(
    durable: Bool = false, loopback: Bool = false, settings: [String: String] = [:]
  ) async throws -> TestPostgresServer {
    var configuration = PrivatePostgresConfiguration(
      directory: try .temporary(), listening: loopback ? .loopback(preferredPort: nil) : .unixSocket, durable: durable,
      removesDirectory: true, connectionsMax: 400, settings: settings)
    let server: PrivatePostgres
    do { server = try await PrivatePostgres.start(configuration) } catch {
      await configuration.directory.remove()
      throw error
    }
    // A later start must be reached under the same URL.
    if loopback { configuration.listening = .loopback(preferredPort: server.port) }
    return TestPostgresServer(configuration, server)
  }

  private var server: PrivatePostgres { running.withLock { $0 } }

  /// For a role whose password ``password(of:)`` has been set; the superuser's is.
  package func url(role: String, database: String) throws -> String { try server.url(role: role, database: database) }

  package func superuserURL(database: String = "postgres") throws -> String {
    try server.url(role: PrivatePostgres.superuser, database: database)
  }

  package func password(of role: String) throws -> String { try server.password(of: role) }

  package var dataDirectory: String { server.dataDirectory }

  /// SIGKILL to the server and all its workers; ``startAgain()`` brings it back.
  package func crash() async { await server.crash() }

  /// A fast shutdown; ``startAgain()`` brings it back.
  package func stopForRestart() async { await server.stopForRestart() }

  package func startAgain() async throws {
    let started = try await PrivatePostgres.start(configuration)
    running.withLock { $0 = started }
  }

  /// Connections hang until ``resume()``.
  package func pause() { server.pause() }
  package func resume() { server.resume() }

  /// Ends the server and removes its files.
  package func stop() async {
    await server.stop()
    await directory.remove()
  }
}
