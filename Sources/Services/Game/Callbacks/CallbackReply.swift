/// What a provider is answered, in its own form, as final bytes.
package struct CallbackReply: Hashable, Sendable {
  package let status: Int
  package let contentType: String
  package let body: [UInt8]

  package init(status: Int, contentType: String, body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }
}
