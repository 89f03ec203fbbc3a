import Foundation
import Glibc
import Synchronization

/// Answers every request with the same JSON, and closes the connection. It keeps what it was asked.
final class CannedServer: Sendable {
  let port: Int
  private let listener: Int32
  private let answer: [UInt8]
  private let stopped = Atomic<Bool>(false)
  private let heard = Mutex<[(header: String, body: String)]>([])

  init(_ json: String) throws {
    let bound = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = CuttingLink.loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(bound, address, length) == 0 && listen(bound, 16) == 0 && getsockname(bound, address, &length) == 0
      }
    }
    guard bound >= 0, status else { throw POSIXError(.EADDRNOTAVAIL) }
    listener = bound
    port = Int(in_port_t(bigEndian: address.sin_port))
    answer = Array(
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: \(json.utf8.count)\r\nconnection: close\r\n\r\n\(json)".utf8)
    Thread.detachNewThread { [self] in serve() }
  }

  var url: String { "http://127.0.0.1:\(port)" }

  /// The header section of every request.
  var requests: [String] { heard.withLock { $0.map(\.header) } }

  /// The body of every request.
  var bodies: [String] { heard.withLock { $0.map(\.body) } }

  func stop() { stopped.store(true, ordering: .releasing) }

  private func serve() {
    while !stopped.load(ordering: .acquiring) {
      var polled = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, 50) > 0 else { continue }
      let client = accept(listener, nil, nil)
      if let request = Self.request(from: client) {
        heard.withLock { $0.append(request) }
        _ = write(client, answer, answer.count)
      }
      close(client)
    }
    close(listener)
  }

  /// Reads one request to its end, as its Content-Length says; nil where nothing came.
  private static func request(from client: Int32) -> (header: String, body: String)? {
    var (bytes, block) = ([UInt8](), [UInt8](repeating: 0, count: 8192))
    while true {
      let count = read(client, &block, block.count)
      guard count > 0 else { break }
      bytes += block[..<count]
      let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      let length = parts[0].lowercased().firstMatch(of: /content-length: *(\d+)/).flatMap { Int($0.output.1) } ?? 0
      if parts[1].utf8.count >= length { return (String(parts[0]), String(parts[1])) }
    }
    return bytes.isEmpty ? nil : (String(decoding: bytes, as: UTF8.self), "")
  }
}
