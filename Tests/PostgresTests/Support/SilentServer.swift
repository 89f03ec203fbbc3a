import Glibc

/// A TCP port that accepts connections (the kernel does) and never says anything.
struct SilentServer {
  private let listener: Int32
  let port: UInt16

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, size) | listen(listener, 16) | getsockname(listener, generic, &size)
      }
    }
    guard code == 0 else { throw ProxyFailure(step: "listen") }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
  }

  func close() { _ = Glibc.close(listener) }
}
