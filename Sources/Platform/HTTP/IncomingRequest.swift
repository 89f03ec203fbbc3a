package import HTTPTypes

/// A whole request as the connection delivered it. Nobody has judged it yet, except that it is well-formed HTTP/1.1 within the limits.
package struct IncomingRequest: Sendable {
  package let method: HTTPRequest.Method
  /// Path and query, beginning with `/`.
  package let target: String
  /// The `Host` header.
  package let authority: String
  package let headers: HTTPFields
  package let body: [UInt8]
  /// The peer's address without port; nil for sockets that have none.
  package let peerAddress: String?

  package init(
    method: HTTPRequest.Method, target: String, authority: String, headers: HTTPFields, body: [UInt8] = [], peerAddress: String? = nil
  ) {
    self.method = method
    self.target = target
    self.authority = authority
    self.headers = headers
    self.body = body
    self.peerAddress = peerAddress
  }
}
