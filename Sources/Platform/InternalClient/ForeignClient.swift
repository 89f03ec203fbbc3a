package import AsyncHTTPClient
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1

/// Calls servers that aren't ours: nothing of the platform's headers or tokens goes there.
package struct ForeignClient: Sendable {
  private let http: HTTPClient
  private let answerBytesMax: Int

  package init(http: HTTPClient, answerBytesMax: Int) {
    self.http = http
    self.answerBytesMax = answerBytesMax
  }

  /// - Throws: where there is no answer within the deadline, or one that is too long.
  package func post(_ url: String, _ body: [UInt8], contentType: String, deadline: Duration) async throws -> InternalReply {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers.add(name: "content-type", value: contentType)
    request.body = .bytes(ByteBuffer(bytes: body))
    let response = try await http.execute(request, timeout: .init(deadline))
    let buffer = try await response.body.collect(upTo: answerBytesMax)
    return InternalReply(
      status: HTTPResponse.Status(code: Int(response.status.code)), headers: response.headers.fields, body: Array(buffer.readableBytesView))
  }
}
