import AsyncHTTPClient
import Evidence
import Foundation
import NIOCore
import NIOHTTP1

/// Speaks to a running witness.
struct WitnessClient: Sendable {
  let url: String

  func add(_ body: [UInt8]) async throws -> WitnessAnswer { try await send(.POST, "/add-checkpoint", body) }

  func get(_ path: String) async throws -> WitnessAnswer { try await send(.GET, path, []) }

  func send(_ method: HTTPMethod, _ path: String, _ body: [UInt8]) async throws -> WitnessAnswer {
    var request = HTTPClientRequest(url: url + path)
    request.method = method
    if method == .POST { request.body = .bytes(ByteBuffer(bytes: body)) }
    let reply = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
    let bytes = try await reply.body.collect(upTo: 1024 * 1024)
    return WitnessAnswer(
      status: Int(reply.status.code), contentType: reply.headers.first(name: "content-type") ?? "", body: Array(bytes.readableBytesView))
  }
}
