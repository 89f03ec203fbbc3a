import Foundation
import Glibc
import Synchronization

/// An instance of a service that says of itself what a test wants: its mode, how long it has run, and what it has counted. Everything else is `{}`.
final class PretendService: Sendable {
  let url: String
  private let listener: Int32
  private let health: @Sendable () -> String
  private let metrics: String
  private let stopped = Atomic<Bool>(false)

  /// - Parameters:
  ///   - mode: asked for anew with each request, so that it can be flipped.
  init(_ role: String, uptime: Int64 = 7200, metrics: String = "", mode: @escaping @Sendable () -> String) throws {
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
    url = "http://127.0.0.1:\(Int(in_port_t(bigEndian: address.sin_port)))"
    self.metrics = metrics
    health = {
      """
      {"role":"\(role)","status":"ok","environment":"local","version":"1","commit":"c","enforcement_mode":"\(mode())",\
      "uptime_seconds":\(uptime),"draining":false,"accepted_kids":[],"frozen_tables":[],"freeze_unknown_tables":[],"warnings":[]}
      """
    }
    Thread.detachNewThread { [self] in serve() }
  }

  func stop() { stopped.store(true, ordering: .releasing) }

  private func serve() {
    var bytes = [UInt8](repeating: 0, count: 8192)
    while !stopped.load(ordering: .acquiring) {
      var polled = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, 50) > 0 else { continue }
      let client = accept(listener, nil, nil)
      let count = read(client, &bytes, bytes.count)
      if count > 0 { answer(String(decoding: bytes[..<count], as: UTF8.self), on: client) }
      close(client)
    }
    close(listener)
  }

  private func answer(_ request: String, on client: Int32) {
    let path = request.split(separator: " ").dropFirst().first ?? ""
    let body = path == "/health" ? health() : path == "/metrics" ? metrics : "{}"
    var rest = Array(
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: \(body.utf8.count)\r\nconnection: close\r\n\r\n\(body)".utf8)[
        ...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(client, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }
}
