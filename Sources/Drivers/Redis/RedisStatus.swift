package import Kernel

/// What the client knows of its connection, for readiness checks and metrics.
package struct RedisStatus: Hashable, Sendable {
  package let connected: Bool
  /// When the connection was lost, or when the first attempt failed. Nil while connected, and before the first attempt has ended.
  package let unreachableSince: Timestamp?
  /// The sentence of the last failed attempt while unreachable.
  package let reason: String?

  package init(connected: Bool, unreachableSince: Timestamp?, reason: String?) {
    self.connected = connected
    self.unreachableSince = unreachableSince
    self.reason = reason
  }
}
