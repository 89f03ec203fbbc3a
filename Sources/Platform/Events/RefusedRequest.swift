package import Kernel

/// A request that was refused, as far as it may be kept for ever: no path, header or body, only the route's template.
package struct RefusedRequest: Hashable, Sendable {
  package let reason: ProblemReason
  package let status: Int
  package let requestID: String
  package let traceID: String
  /// One of the methods that exist, or `_OTHER`.
  package let method: String
  /// The declared path, with `{name}` for parameters.
  package let route: String
  /// What was established of whoever asked; nothing that they only said.
  package let identity: RequestIdentity
  package let at: Timestamp

  package init(
    reason: ProblemReason, status: Int, requestID: String, traceID: String, method: String, route: String, identity: RequestIdentity,
    at: Timestamp
  ) {
    self.reason = reason
    self.status = status
    self.requestID = requestID
    self.traceID = traceID
    self.method = method
    self.route = route
    self.identity = identity
    self.at = at
  }
}
