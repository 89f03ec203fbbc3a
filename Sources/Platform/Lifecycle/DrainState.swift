internal import Synchronization

/// Whether the process is going down. Set once, by the first stop signal, and read by every request.
package final class DrainState: Sendable {
  private let draining = Atomic<Bool>(false)

  package init() {}

  /// From here on readiness is false, and new writes are refused.
  package func begin() { draining.store(true, ordering: .releasing) }

  package var isDraining: Bool { draining.load(ordering: .acquiring) }
}
