import Glibc
import TestSupport

/// A TCP connection that sends exactly what it is told, however wrong.
final class RawConnection {
  private let descriptor: Int32

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
    guard status == 0 else { throw Failure.connect(errno) }
  }

  enum Failure: Error { case connect(Int32) }

  deinit { close(descriptor) }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) {
    // The server may have refused and closed already, which is a result and no error of the test.
    _ = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }

  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Everything until the server closes.
  func readToEnd(within limit: Duration = .seconds(20)) async throws -> String {
    var bytes: [UInt8] = []
    try await eventually("the server closes the connection", within: limit, every: .milliseconds(5)) { receive(into: &bytes) == .closed }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Everything until `end` has been read.
  func read(until end: String) async throws -> String {
    var bytes: [UInt8] = []
    try await eventually("the server sends \(end)", every: .milliseconds(5)) {
      _ = receive(into: &bytes)
      return String(decoding: bytes, as: UTF8.self).contains(end)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private enum Received { case some, nothing, closed }

  private func receive(into bytes: inout [UInt8]) -> Received {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    if count > 0 {
      bytes.append(contentsOf: buffer[..<count])
      return .some
    }
    return count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK) ? .closed : .nothing
  }
}
