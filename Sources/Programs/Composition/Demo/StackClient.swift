package import AsyncHTTPClient
internal import Contracts
internal import Foundation
internal import Kernel
internal import NIOCore
internal import NIOHTTP1
internal import Platform

/// Calls a running stack as the outside does: over HTTP, with the brand's name in the Host header.
package struct StackClient: Sendable {
  private static let answerBytesMax = 4 * 1024 * 1024
  private let http: HTTPClient

  package init(http: HTTPClient = .shared) { self.http = http }

  /// - Parameters:
  ///   - base: `http://127.0.0.1:8080`.
  ///   - host: replaces the Host header; nil leaves the address's own.
  ///   - token: sent as bearer token.
  ///   - key: sent as Idempotency-Key.
  ///   - limit: also ends the tries to reach somebody who isn't there.
  package func send(
    _ method: String, _ path: String, at base: String, host: String? = nil, token: String? = nil, key: String? = nil,
    body: (any Encodable & Sendable)? = nil, headers: [String: String] = [:], within limit: Duration = .seconds(30)
  ) async throws -> StackReply {
    var all = headers
    if let host { all["host"] = all["host"] ?? host }
    if let token { all["authorization"] = all["authorization"] ?? "Bearer \(token)" }
    if let key { all[HeaderNames.idempotencyKey] = all[HeaderNames.idempotencyKey] ?? key }
    if body != nil { all["content-type"] = all["content-type"] ?? "application/json" }
    return try await send(method, path, at: base, headers: all, bytes: try body.map { try JSONBytes.encode($0) }, within: limit)
  }

  /// Sends a body as it is written.
  func send(
    _ method: String, _ path: String, at base: String, headers: [String: String], bytes: [UInt8]?, within limit: Duration = .seconds(30)
  ) async throws -> StackReply {
    var request = HTTPClientRequest(url: base + path)
    request.method = HTTPMethod(rawValue: method)
    for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
    if let bytes { request.body = .bytes(ByteBuffer(bytes: bytes)) }
    let response = try await http.execute(request, timeout: TimeAmount(limit))
    let bytes = try await response.body.collect(upTo: Self.answerBytesMax)
    return StackReply(
      status: Int(response.status.code), headers: response.headers.reduce(into: [:]) { $0[$1.name.lowercased()] = $1.value },
      body: Array(bytes.readableBytesView))
  }
}
