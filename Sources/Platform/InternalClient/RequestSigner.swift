package import HTTPTypes

/// Adds the headers that prove a brand-scoped write; `Security` provides it.
package protocol RequestSigner: Sendable {
  /// Headers to add; empty when the call needs none.
  func headers(for call: OutboundCall) throws -> HTTPFields
}
