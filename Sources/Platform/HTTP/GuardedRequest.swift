package import HTTPTypes
package import Logging

/// A whole request, before anyone trusted it: what a ``RequestGuard`` judges.
package struct GuardedRequest: Sendable {
  package let access: Access
  package let method: HTTPRequest.Method
  /// Path and query exactly as they arrived; signatures cover this text.
  package let target: String
  /// The declared path, with `{name}` for parameters: bounded, so it may be a metric label and stand in messages.
  package let route: String
  package let headers: HTTPFields
  package let body: [UInt8]
  package let requestID: String
  package let logger: Logger

  package init(
    access: Access, method: HTTPRequest.Method, target: String, route: String, headers: HTTPFields, body: [UInt8], requestID: String,
    logger: Logger
  ) {
    self.access = access
    self.method = method
    self.target = target
    self.route = route
    self.headers = headers
    self.body = body
    self.requestID = requestID
    self.logger = logger
  }

  /// The part of the target before `?`.
  package var path: String { target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) ?? target }

  /// Methods that change nothing are GET and HEAD.
  package var isWrite: Bool { method != .get && method != .head }

  /// A header that was sent exactly once; nil when it is absent or repeated.
  package func header(_ name: String) -> String? { headers.single(name) }
}
