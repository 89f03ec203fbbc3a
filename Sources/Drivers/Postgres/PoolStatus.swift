package import Kernel

/// How the pool stands at this moment.
package struct PoolStatus: Hashable, Sendable {
  package let idle: Int
  package let leased: Int
  package let waiting: Int
  package let max: Int
  /// Since when no connection could be opened; nil while the server answers.
  package let unreachableSince: Timestamp?

  package init(idle: Int, leased: Int, waiting: Int, max: Int, unreachableSince: Timestamp?) {
    self.idle = idle
    self.leased = leased
    self.waiting = waiting
    self.max = max
    self.unreachableSince = unreachableSince
  }
}
