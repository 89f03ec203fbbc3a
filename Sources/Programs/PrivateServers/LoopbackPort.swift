internal import Glibc

/// TCP ports on 127.0.0.1.
package enum LoopbackPort {
  /// Below the range that Linux takes outgoing ports from: a port of that range can be gone a moment later, as somebody's end of a connection.
  private static let choices = 20_000..<32_000
  private static let attemptsMax = 200

  /// A port that nobody listens on now: the preferred one if it is free, else any. Another program may take it before it is used.
  package static func free(preferring preferred: Int? = nil) throws(PrivateServerError) -> Int {
    if let preferred, isFree(preferred) { return preferred }
    for _ in 1...attemptsMax {
      let port = Int.random(in: choices)
      if isFree(port) { return port }
    }
    throw PrivateServerError(.startFailed, "no free port on 127.0.0.1: \(String(cString: strerror(errno)))")
  }

  private static func isFree(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // As servers do: a port whose old connections are still in TIME_WAIT is free.
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
