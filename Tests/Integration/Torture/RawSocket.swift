import Glibc

/// A TCP connection that sends exactly what it is told, however wrong. It blocks its thread, so it needs one of its own.
final class RawSocket {
  private let descriptor: Int32
  private var received: [UInt8] = []

  /// - Parameter seconds: how long one read may take.
  init?(port: Int, seconds: Int) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
    guard status == 0 else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// The server may have refused and closed before everything was sent, which is a result and no failure.
  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  enum Ending { case closed, late }

  /// Reads on until `isWhole` says that it is an answer.
  ///
  /// - Returns: what has come, and how it ended when it isn't whole.
  func read(until isWhole: ([UInt8]) -> Int?) -> (bytes: [UInt8], ending: Ending?) {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      if let length = isWhole(received) {
        let whole = Array(received[..<length])
        received.removeFirst(length)
        return (whole, nil)
      }
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count > 0 {
        received.append(contentsOf: buffer[..<count])
      } else {
        let isLate = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)
        return (received, isLate ? .late : .closed)
      }
    }
  }
}
