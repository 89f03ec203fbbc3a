internal import Logging
internal import ServiceLifecycle

/// Holds the listeners open for a while after the stop signal.
///
/// A service group stops its services from the last to the first, each after the one behind it has ended. This one stands last: it
/// turns readiness off, waits until load balancers have noticed, and ends; only then are the listeners told to close.
struct DrainService: NamedService {
  let name = "drain"
  let drain: DrainState
  let drainTime: Duration
  let logger: Logger
  let onBegin: @Sendable () -> Void

  func run() async throws {
    // Ends at the signal, or with the group when another service failed; then there is nothing to hold open.
    try? await gracefulShutdown()
    drain.begin()
    onBegin()
    logger.notice("draining", metadata: ["drain_seconds": "\(drainTime.components.seconds)"])
    guard !Task.isCancelled else { return }
    try? await Task.sleep(for: drainTime)
  }
}
