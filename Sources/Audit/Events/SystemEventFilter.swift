package import Kernel

/// Which events are asked for. What is nil matches everything.
package struct SystemEventFilter: Hashable, Sendable {
  package let kind: SystemEventKind?
  package let reason: String?
  package let requestID: String?
  /// Of the moment at which they happened.
  package let since: Timestamp?

  package init(kind: SystemEventKind? = nil, reason: String? = nil, requestID: String? = nil, since: Timestamp? = nil) {
    self.kind = kind
    self.reason = reason
    self.requestID = requestID
    self.since = since
  }
}
