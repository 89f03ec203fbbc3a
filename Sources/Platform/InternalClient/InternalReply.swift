package import HTTPTypes

/// What another role or a foreign server answered, as it came.
package struct InternalReply: Sendable {
  package let status: HTTPResponse.Status
  package let headers: HTTPFields
  package let body: [UInt8]

  package init(status: HTTPResponse.Status, headers: HTTPFields, body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
