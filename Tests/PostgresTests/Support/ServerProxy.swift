import Glibc
import Synchronization

/// A TCP proxy before a PostgreSQL server that counts round trips and can break the connection at a chosen word.
///
/// It reads what passes, so that the connection must not be encrypted; ``url`` sees to that.
final class ServerProxy: Sendable {
  enum Fault: Sendable {
    /// Closes both sides before the word reaches the server.
    case cutBefore(String)
    /// Lets the word through, waits until the server answered, and closes without passing the answer on.
    case cutAnswer(to: String)
    /// Answers COMMIT with the tag ROLLBACK, as the server does for a transaction that has failed.
    case answerRollBack
  }

  private struct State {
    var roundTrips = 0
    var fault: Fault?
    var sockets: [Int32] = []
  }

  private let listener: Int32
  private let target: Target
  private let state = Mutex(State())
  /// The database's URL through this proxy.
  let url: String

  private enum Target: Sendable {
    case unix(path: String)
    case tcp(port: UInt16)
  }

  /// - Parameter serverURL: as TestSupport gives it: `postgresql://login@host:port/db` on loopback or `…@/db?host=%2F…&port=…`.
  init(before serverURL: String) throws {
    let parts = try URLParts(serverURL)
    let target = parts.socketPath.map { Target.unix(path: $0) } ?? Target.tcp(port: parts.port)
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = Self.loopback(port: 0)
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
    guard bound == 0, listen(listener, 16) == 0 else { throw ProxyFailure(step: "listen") }
    self.target = target
    self.listener = listener
    url = "postgresql://\(parts.login)@127.0.0.1:\(Self.port(of: listener))/\(parts.database)?sslmode=disable"
    BlockingThread.run { self.acceptAll() }
  }

  /// How often the client spoke after the server had spoken.
  var roundTrips: Int { state.withLock(\.roundTrips) }

  func inject(_ fault: Fault?) { state.withLock { $0.fault = fault } }

  /// Breaks what is connected and refuses the rest.
  func close() {
    shutdown(listener, Int32(SHUT_RDWR))
    Glibc.close(listener)
    cutAll()
  }

  func cutAll() {
    for socket in state.withLock({ $0.sockets }) { shutdown(socket, Int32(SHUT_RDWR)) }
  }

  private func acceptAll() {
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { return }
      guard let server = dial() else {
        Glibc.close(client)
        continue
      }
      state.withLock { $0.sockets += [client, server] }
      let link = Link(client: client, server: server)
      BlockingThread.run { self.pump(link, from: client, to: server, isClient: true) }
      BlockingThread.run { self.pump(link, from: server, to: client, isClient: false) }
    }
  }

  /// One proxied connection.
  private final class Link: Sendable {
    let client: Int32
    let server: Int32
    /// Whether the server was the last to speak, and whether its next answer is withheld.
    let state = Mutex((serverSpoke: true, withholds: false))

    init(client: Int32, server: Int32) {
      self.client = client
      self.server = server
    }

    func cut() {
      shutdown(client, Int32(SHUT_RDWR))
      shutdown(server, Int32(SHUT_RDWR))
    }
  }

  private func pump(_ link: Link, from source: Int32, to sink: Int32, isClient: Bool) {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while case let count = read(source, &buffer, buffer.count), count > 0 {
      guard isClient ? passClient(buffer[..<count], link) : passServer(link) else { break }
      guard Self.write(isClient ? buffer[..<count] : answer(buffer[..<count]), to: sink) else { break }
    }
    link.cut()
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to sink: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { send(sink, $0.baseAddress, $0.count, noSignal) }
      guard written > 0 else { return false }
      rest = rest.dropFirst(written)
    }
    return true
  }

  private func answer(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard case .answerRollBack = state.withLock(\.fault) else { return bytes }
    // The message CommandComplete: its letter, its length, the tag.
    let (tag, other) = (Array("C\0\0\0\u{0B}COMMIT\0".utf8), Array("C\0\0\0\u{0D}ROLLBACK\0".utf8))
    return ArraySlice(Array(bytes).replacing(tag, with: other))
  }

  private func passClient(_ bytes: ArraySlice<UInt8>, _ link: Link) -> Bool {
    let startsRoundTrip = link.state.withLock { state in
      defer { state.serverSpoke = false }
      return state.serverSpoke
    }
    let fault = state.withLock { state in
      if startsRoundTrip { state.roundTrips += 1 }
      return state.fault
    }
    switch fault {
    case .cutBefore(let word) where bytes.firstRange(of: Array(word.utf8)) != nil: return false
    case .cutAnswer(let word) where bytes.firstRange(of: Array(word.utf8)) != nil:
      link.state.withLock { $0.withholds = true }
      return true
    default: return true
    }
  }

  private func passServer(_ link: Link) -> Bool {
    link.state.withLock { state in
      state.serverSpoke = true
      return !state.withholds
    }
  }

  private func dial() -> Int32? {
    switch target {
    case .tcp(let port):
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = Self.loopback(port: port)
      let code = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
      }
      return code == 0 ? descriptor : nil
    case .unix(let path):
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
      let code = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
      }
      return code == 0 ? descriptor : nil
    }
  }

  /// MSG_NOSIGNAL: a broken pipe is an error here, not a signal.
  private static let noSignal = Int32(MSG_NOSIGNAL)

  private static func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  private static func port(of listener: Int32) -> UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &size) }
    }
    return UInt16(bigEndian: address.sin_port)
  }
}

struct ProxyFailure: Error {
  let step: String
}

/// A test server's URL, taken apart.
private struct URLParts {
  let login: String
  let database: String
  let port: UInt16
  let socketPath: String?

  init(_ url: String) throws {
    let rest = url.drop { $0 != "/" }.dropFirst(2)
    let halves = rest.split(separator: "@", maxSplits: 1)
    guard halves.count == 2 else { throw ProxyFailure(step: "parse") }
    login = String(halves[0])
    let address = halves[1].prefix { $0 != "/" }
    let path = halves[1].drop { $0 != "/" }.dropFirst()
    database = String(path.prefix { $0 != "?" })
    var options: [Substring: Substring] = [:]
    for pair in path.drop(while: { $0 != "?" }).dropFirst().split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1)
      if sides.count == 2 { options[sides[0]] = sides[1] }
    }
    port = UInt16(options["port"] ?? address.split(separator: ":").last ?? "5432") ?? 5432
    let number = port
    socketPath = options["host"].map { Self.decoded($0) + "/.s.PGSQL.\(number)" }
  }

  private static func decoded(_ text: Substring) -> String {
    var parts = text.split(separator: "%", omittingEmptySubsequences: false)
    let first = parts.removeFirst()
    return parts.reduce(String(first)) { result, part in
      let code = UInt8(part.prefix(2), radix: 16) ?? 0x3F
      return result + String(UnicodeScalar(code)) + part.dropFirst(2)
    }
  }
}
