internal import Glibc

/// TCP ports on 127.0.0.1.
package enum LoopbackPort {
  /// A port that nobody listens on now: the preferred one if it is free, else one of the system's choice. Another program may
  /// take it before it is used.
  package static func free(preferring preferred: Int? = nil) throws(PrivateServerError) -> Int {
    if let preferred, bindOnce(preferred) != nil { return preferred }
    guard let port = bindOnce(0) else {
      throw PrivateServerError(.startFailed, "no free port on 127.0.0.1: \(String(cString: strerror(errno)))")
    }
    return port
  }

  private static func bindOnce(_ port: Int) -> Int? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // As servers do: a port whose old connections are still in TIME_WAIT is free.
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        guard bind(descriptor, generic, length) == 0, getsockname(descriptor, generic, &length) == 0 else { return nil }
        return Int(in_port_t(bigEndian: pointer.pointee.sin_port))
      }
    }
  }
}
