internal import Glibc

/// A PostgreSQL server of our own, started by this process and stopped with it.
package final class PrivatePostgres: Sendable {
  /// The accounts that a Debian package makes for it, by preference.
  static let accounts = ["postgres"]
  /// The superuser that `initdb` makes.
  package static let superuser = "postgres"

  private let configuration: PrivatePostgresConfiguration
  private let server: SupervisedServer
  /// `127.0.0.1`, or the directory of the socket file.
  package let host: String
  package let port: Int

  private init(configuration: PrivatePostgresConfiguration, server: SupervisedServer, host: String, port: Int) {
    self.configuration = configuration
    self.server = server
    self.host = host
    self.port = port
  }

  /// Makes the data directory at first use, starts the server, and returns once it accepts connections.
  package static func start(_ configuration: PrivatePostgresConfiguration) async throws(PrivateServerError) -> PrivatePostgres {
    let account = try ServerAccount.unprivileged(accounts)
    let part = try configuration.directory.makePart("postgres", for: account)
    let lock = try await InstanceLock.acquire(part + ".lock")
    let data = part + "/data"
    let version = ServerFiles.text(of: data + "/PG_VERSION").flatMap { Int($0.filter(\.isNumber)) }
    let installed = try ServerLocator.postgres(forData: version)
    if version == nil { try await initialise(data, with: installed, as: account, configuration) }
    PostmasterFile.removeIfStale(in: data)

    let (host, port) = try address(configuration.listening, part)
    let command = [installed.programs + "/postgres", "-D", data] + arguments(configuration, host: host, port: port)
    // SIGINT is PostgreSQL's fast shutdown: sessions are ended, the rest is written, no recovery at the next start.
    let plan = SupervisedServer.Plan(
      name: "postgres", command: try account.wrapping(command), stopSignal: "INT", part: part,
      removing: configuration.removesDirectory ? configuration.directory.path : nil)
    let server = try SupervisedServer(plan, lock: lock)
    try await server.waitUntilReady("PostgreSQL", within: .seconds(120)) { PostmasterFile.isReady(in: data) }
    return PrivatePostgres(configuration: configuration, server: server, host: host, port: port)
  }

  /// The URL of a database for a role whose password is ``password(of:)``.
  package func url(role: String, database: String) throws(PrivateServerError) -> String {
    let login = "\(role):\(try password(of: role))"
    guard host.hasPrefix("/") else { return "postgresql://\(login)@\(host):\(port)/\(database)" }
    return "postgresql://\(login)@/\(database)?host=\(Self.percentEncoded(host))&port=\(port)"
  }

  /// The generated password of a role. That of the superuser is set already; for another role it is made at first use, and whoever
  /// asks sets it with `ALTER ROLE`.
  package func password(of role: String) throws(PrivateServerError) -> String {
    try configuration.directory.secret("postgres-\(role)")
  }

  package var log: String { server.log }
  package var dataDirectory: String { configuration.directory.path + "/postgres/data" }
  package var hasExited: Bool { server.hasExited }

  /// Fast shutdown; returns when the server has ended.
  package func stop() async { await server.stop() }

  /// Like ``stop()``, but a directory that would go with the server stays, for another start.
  package func stopForRestart() async { await server.stopForRestart(SIGINT) }

  /// SIGKILL to the server and its workers, as a crash of the machine's memory would; what was committed must survive it.
  package func crash() async { await server.crash() }

  /// Halts the server and its workers, so that connections hang instead of breaking, until ``resume()``.
  package func pause() { server.signalAll(SIGSTOP) }

  package func resume() { server.signalAll(SIGCONT) }

  /// Into a directory beside the real one, renamed when whole: an interrupted `initdb` leaves nothing that a later start would trust.
  private static func initialise(
    _ data: String, with installed: ServerLocator.Postgres, as account: ServerAccount, _ configuration: PrivatePostgresConfiguration
  ) async throws(PrivateServerError) {
    let unfinished = data + ".new"
    let passwordFile = data + ".password"
    let password = try configuration.directory.secret("postgres-\(superuser)")
    try ServerFiles.write(password + "\n", to: passwordFile, mode: 0o600, owner: account)
    defer { unlink(passwordFile) }
    _ = await (try ChildProcess(account.wrapping(["/bin/rm", "-rf", "--", unfinished]), output: nil)).exitCode()
    let command =
      [
        installed.programs + "/initdb", "--pgdata=\(unfinished)", "--username=\(superuser)", "--pwfile=\(passwordFile)",
        "--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8", "--locale=C", "--no-instructions",
      ] + (configuration.durable ? [] : ["--no-sync"])
    let log = data + ".initdb.log"
    let output = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard output >= 0 else { throw PrivateServerError(.directory, "can't open \(log): \(String(cString: strerror(errno)))") }
    defer { close(output) }
    let code = await (try ChildProcess(account.wrapping(command), output: output)).exitCode()
    guard code == 0, rename(unfinished, data) == 0 else {
      throw PrivateServerError(.startFailed, "initdb ended with \(code); the end of \(log):\n\(ServerFiles.tail(of: log))")
    }
  }

  private static func address(_ listening: Listening, _ part: String) throws(PrivateServerError) -> (host: String, port: Int) {
    switch listening {
    case .loopback(let preferred):
      return ("127.0.0.1", try LoopbackPort.free(preferring: preferred))
    case .unixSocket:
      // The kernel's limit for a socket's path is 107 bytes, and PostgreSQL appends its name.
      guard part.utf8.count <= 90 else {
        throw PrivateServerError(.directory, "\(part) is too long for a unix socket; use a shorter directory or a loopback port")
      }
      return (part, 5432)
    }
  }

  private static func arguments(_ configuration: PrivatePostgresConfiguration, host: String, port: Int) -> [String] {
    var settings = [
      "listen_addresses": host.hasPrefix("/") ? "" : host,
      "port": "\(port)",
      "unix_socket_directories": host.hasPrefix("/") ? host : "",
      "unix_socket_permissions": "0700",
      "max_connections": "\(configuration.connectionsMax)",
      "password_encryption": "scram-sha-256",
      "shared_buffers": "128MB",
      // Segments are kept and used again: making a new one stalls commits for some 50 ms.
      "min_wal_size": "1GB",
      "max_wal_size": "4GB",
      "lc_messages": "C",
      "timezone": "UTC",
      "log_timezone": "UTC",
      "log_line_prefix": "%m [%p] %q%u@%d ",
    ]
    if !configuration.durable {
      settings.merge(["fsync": "off", "full_page_writes": "off", "min_wal_size": "80MB"]) { $1 }
    }
    settings.merge(configuration.settings) { $1 }
    return settings.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
  }

  private static func percentEncoded(_ path: String) -> String {
    path.utf8.map { byte in
      switch byte {
      case 0x2F, 0x2D, 0x2E, 0x5F, 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
