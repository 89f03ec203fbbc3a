internal import Kernel

/// What a service must have shown in `observe` before it may be flipped to `enforce` (S0-ENF-11, S0-ENF-23).
///
/// The window is at least twice the life of an access token: by then no token is left that was issued before the service knew brands. It counts
/// from the service's start, as its counters do, so that a restart begins it anew and can hide nothing.
package struct SoakContract: Hashable, Sendable {
  package let seconds: Int64
  /// Less traffic than this proves nothing.
  package let requestsMin: Int

  /// - Parameters:
  ///   - accessMinutes: `JWT_EXPIRE_MIN`.
  ///   - requestsMin: of each service that players' requests reach.
  package init(accessMinutes: Int, requestsMin: Int) {
    seconds = Int64(accessMinutes) * 2 * 60
    self.requestsMin = requestsMin
  }

  /// Everything that speaks against flipping the service; none when the contract is fulfilled or it enforces already.
  func objections(to state: ServiceState) -> [String] {
    guard state.mode != .enforce else { return [] }
    return windowObjections(to: state) + QuietCounter.all.flatMap { $0.counts(in: state.metrics) }
  }

  /// As ``objections(to:)``, about time and traffic alone.
  func windowObjections(to state: ServiceState) -> [String] {
    guard state.mode != .enforce else { return [] }
    var found: [String] = []
    if state.mode == .off { found.append("it is off, and what is off shows nothing: start it in observe") }
    if state.uptimeSeconds < seconds {
      found.append("it has observed for \(state.uptimeSeconds) s of \(seconds) s; \(seconds - state.uptimeSeconds) s are left")
    }
    if !state.role.isWorker, state.requests < requestsMin { found.append("\(state.requests) requests of at least \(requestsMin)") }
    return found
  }
}
