package import HTTPTypes
internal import Kernel
package import Platform

/// A provider's callback, from raw bytes to answered bytes.
package struct CallbackPipeline: Sendable {
  /// - Parameters:
  ///   - provider: short name, `mg`.
  ///   - operation: what follows `/callbacks/{provider}/` in the path.
  package func handle(
    provider: String, operation: String, headers: HTTPFields, body: [UInt8], trust: CallbackTrust, context: CallContext
  ) async -> CallbackResult {
    CallbackResult(reply: CallbackReply(status: 503, contentType: "application/json", body: []), outcome: .retriable, brand: nil)
  }
}
