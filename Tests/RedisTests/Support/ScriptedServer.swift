import Foundation
import Redis
import Synchronization

/// A server on a unix socket that answers every read with the same bytes, in pieces of a given size: what a real Redis can't be told to do.
final class ScriptedServer: Sendable {
  private let path: String
  private let listener: Int32
  private let stopped = Atomic(false)

  var configuration: RedisConfiguration { RedisConfiguration(endpoint: .unix(path: path)) }

  /// `answer` is given the bytes of one read; nil closes the connection.
  init(pieceBytes: Int, answer: @escaping @Sendable (String) -> String?) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "cordon-\(UUID().uuidString.prefix(8))").path
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
    guard bound == 0, listen(listener, 16) == 0 else { throw RedisError(.misconfigured, "The scripted server can't listen.") }
    (self.path, self.listener) = (path, listener)
    Thread { [weak self] in
      while let self, !self.stopped.load(ordering: .relaxed) { Self.serve(accept(listener, nil, nil), pieceBytes, answer) }
    }.start()
  }

  /// Wakes the thread out of `accept`.
  func stop() {
    stopped.store(true, ordering: .relaxed)
    shutdown(listener, Int32(SHUT_RDWR))
    unlink(path)
  }

  private static func serve(_ connection: Int32, _ pieceBytes: Int, _ answer: (String) -> String?) {
    guard connection >= 0 else { return }
    defer { close(connection) }
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while case let count = recv(connection, &buffer, buffer.count, 0), count > 0 {
      guard let bytes = answer(String(decoding: buffer[..<count], as: UTF8.self)).map({ Array($0.utf8) }) else { return }
      for start in stride(from: 0, to: bytes.count, by: pieceBytes) {
        let piece = Array(bytes[start..<min(start + pieceBytes, bytes.count)])
        guard send(connection, piece, piece.count, Int32(MSG_NOSIGNAL)) == piece.count else { return }
      }
    }
  }
}
