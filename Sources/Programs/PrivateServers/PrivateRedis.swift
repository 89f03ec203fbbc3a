internal import Glibc

/// A Redis (or Valkey) server of our own, started by this process and stopped with it.
package final class PrivateRedis: Sendable {
  /// The accounts that a Debian package makes for it, by preference.
  static let accounts = ["redis", "valkey", "postgres"]

  private let server: SupervisedServer
  /// As `REDIS_URL` has it: `redis://default:password@127.0.0.1:port/0`, or `unix:///path/to/socket`, which only its owner and root may open.
  package let url: String
  /// Nil on a unix socket.
  package let port: Int?

  private init(server: SupervisedServer, address: Address) {
    self.server = server
    url = address.url
    port = address.port
  }

  /// Starts the server, and returns once it has loaded its data and accepts connections.
  package static func start(_ configuration: PrivateRedisConfiguration) async throws(PrivateServerError) -> PrivateRedis {
    let program = try ServerLocator.redis()
    let account = try ServerAccount.unprivileged(accounts)
    let part = try configuration.directory.makePart("redis", for: account)
    let lock = try await InstanceLock.acquire(part + ".lock")
    let address = try address(configuration, part)
    // In a file, not among the arguments: those are visible to every user of the machine.
    let file = part + "/redis.conf"
    try ServerFiles.write(settings(configuration, part, address.settings), to: file, mode: 0o600, owner: account)
    let plan = SupervisedServer.Plan(
      name: "redis", command: try account.wrapping([program, file]), stopSignal: "TERM", part: part,
      removing: configuration.removesDirectory ? configuration.directory.path : nil)
    let server = try SupervisedServer(plan, lock: lock)
    // The log is new with each start, and the line comes after the data is loaded: "Ready to…", or "The server is now ready to…".
    try await server.waitUntilReady("Redis", within: .seconds(120)) {
      ServerFiles.text(of: server.log)?.contains("eady to accept connections") ?? false
    }
    return PrivateRedis(server: server, address: address)
  }

  package var log: String { server.log }
  package var hasExited: Bool { server.hasExited }

  /// Returns when the server has written its data and ended.
  package func stop() async { await server.stop() }

  /// Like ``stop()``, but a directory that would go with the server stays, for another start.
  package func stopForRestart() async { await server.stopForRestart(SIGTERM) }

  /// SIGKILL, as a crash would.
  package func crash() async { await server.crash() }

  /// Halts the server, so that connections hang instead of breaking, until ``resume()``.
  package func pause() { server.signalAll(SIGSTOP) }

  package func resume() { server.signalAll(SIGCONT) }

  private struct Address {
    let settings: [String]
    let url: String
    let port: Int?
  }

  private static func address(_ configuration: PrivateRedisConfiguration, _ part: String) throws(PrivateServerError) -> Address {
    switch configuration.listening {
    case .unixSocket:
      let socket = part + "/redis.sock"
      guard socket.utf8.count <= 107 else {
        throw PrivateServerError(.directory, "\(socket) is too long for a unix socket; use a shorter directory or a loopback port")
      }
      return Address(
        settings: ["port 0", "unixsocket \(quoted(socket))", "unixsocketperm 700"], url: "unix://\(socket)", port: nil)
    case .loopback(let preferred):
      let port = try LoopbackPort.free(preferring: preferred)
      let password = try configuration.directory.secret("redis")
      return Address(
        settings: ["bind 127.0.0.1", "port \(port)", "requirepass \(password)"], url: "redis://default:\(password)@127.0.0.1:\(port)/0",
        port: port)
    }
  }

  private static func settings(_ configuration: PrivateRedisConfiguration, _ part: String, _ address: [String]) -> String {
    let lines =
      address + [
        "daemonize no",
        "dir \(quoted(part))",
        "logfile \"\"",
        "save \"\"",
        "appendonly \(configuration.durable ? "yes" : "no")",
        "maxmemory-policy noeviction",
      ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ path: String) -> String {
    "\"" + path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
