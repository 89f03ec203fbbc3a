package import Contracts
package import HTTPTypes

/// The declared success answer of an operation, for the OpenAPI document and the tests that hold it true.
package struct ReplyShape: Sendable {
  package let status: HTTPResponse.Status
  package let contentType: String?
  package let schema: JSONSchema?

  package static func json<Body: JSONSchemaProviding>(_ type: Body.Type, status: HTTPResponse.Status = .ok) -> ReplyShape {
    ReplyShape(status: status, contentType: "application/json", schema: type.jsonSchema)
  }

  package static func other(contentType: String, status: HTTPResponse.Status = .ok) -> ReplyShape {
    ReplyShape(status: status, contentType: contentType, schema: nil)
  }

  package static let noContent = ReplyShape(status: .noContent, contentType: nil, schema: nil)
}
