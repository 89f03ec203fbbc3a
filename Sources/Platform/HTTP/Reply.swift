package import Contracts
package import HTTPTypes

/// What a handler answers. The body is final bytes, so that a stored answer can be replayed byte for byte.
package struct Reply: Sendable {
  package var status: HTTPResponse.Status
  package var headers: HTTPFields
  package var body: [UInt8]

  package init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A value as JSON: keys sorted, no spaces, so that equal values have equal bytes.
  package static func json(_ value: some Encodable & JSONSchemaProviding, status: HTTPResponse.Status = .ok) throws -> Reply {
    .jsonBytes(try JSONBytes.encode(value), status: status)
  }

  /// Bytes that are JSON already, such as a stored answer.
  package static func jsonBytes(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Reply {
    Reply(status: status, headers: [.contentType: "application/json"], body: bytes)
  }

  package static func text(_ text: String, contentType: String, status: HTTPResponse.Status = .ok) -> Reply {
    Reply(status: status, headers: [.contentType: contentType], body: Array(text.utf8))
  }

  package static let noContent = Reply(status: .noContent)

  /// A copy with one more header; a name or value that HTTP can't carry is left out.
  package func with(_ name: String, _ value: String) -> Reply {
    guard let name = HTTPField.Name(name) else { return self }
    var copy = self
    copy.headers[name] = value
    return copy
  }
}
