internal import PrivateServers
internal import Synchronization

/// A Redis of a test's own, on a unix socket unless a port is asked for. It ends with the process, also when that crashes.
package final class TestRedisServer: Sendable {
  private let configuration: PrivateRedisConfiguration
  private let running: Mutex<PrivateRedis>
  /// As `REDIS_URL` has it; the same after ``startAgain()``.
  package let url: String

  private init(_ configuration: PrivateRedisConfiguration, _ server: PrivateRedis) {
    self.configuration = configuration
    url = server.url
    running = Mutex(server)
  }

  /// - Parameters:
  ///   - durable: true to have an append-only file, so that data survives a restart.
  ///   - loopback: true for a TCP port with a password.
  package static func start(durable: Bool = false, loopback: Bool = false) async throws -> TestRedisServer {
    var configuration = PrivateRedisConfiguration(
      directory: try .temporary(), listening: loopback ? .loopback(preferredPort: nil) : .unixSocket, durable: durable,
      removesDirectory: true)
    let server = try await PrivateRedis.start(configuration)
    if loopback { configuration.listening = .loopback(preferredPort: server.port) }
    return TestRedisServer(configuration, server)
  }

  private var server: PrivateRedis { running.withLock { $0 } }

  /// SIGKILL; ``startAgain()`` brings it back.
  package func crash() async { await server.crash() }

  /// A clean stop; ``startAgain()`` brings it back.
  package func stopForRestart() async { await server.stopForRestart() }

  package func startAgain() async throws {
    let started = try await PrivateRedis.start(configuration)
    running.withLock { $0 = started }
  }

  /// Connections hang until ``resume()``.
  package func pause() { server.pause() }
  package func resume() { server.resume() }

  /// Ends the server and removes its files.
  package func stop() async {
    await server.stop()
    await configuration.directory.remove()
  }
}
