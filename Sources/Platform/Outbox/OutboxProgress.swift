internal import Kernel
internal import Synchronization

/// What keeps an outbox from getting on, per brand; the worker's readiness is made of it (S0-SVC-03).
///
/// Verdicts are good for as long as the worker goes round: one that hangs changes none of them and isn't ready all the same.
final class OutboxProgress: Sendable {
  private struct State {
    var brands: [BrandCode: String] = [:]
    /// Why not even the brands are known.
    var catalog: String?
    /// When the worker last got through something, be it a failure.
    var movedAt: ContinuousClock.Instant
  }

  private let budget: Duration
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state: Mutex<State>

  /// - Parameter budget: how long the worker may be busy with one thing.
  init(budget: Duration, now: @escaping @Sendable () -> ContinuousClock.Instant) {
    self.budget = budget
    self.now = now
    state = Mutex(State(movedAt: now()))
  }

  func set(_ fault: String?, of brand: BrandCode) { state.withLock { $0.brands[brand] = fault } }

  func setCatalog(_ fault: String?) { state.withLock { $0.catalog = fault } }

  /// The worker got through something.
  func moved() {
    let now = now()
    state.withLock { $0.movedAt = now }
  }

  /// Nil when every brand gets on.
  var fault: String? {
    let state = state.withLock { $0 }
    let silence = now() - state.movedAt
    guard silence <= budget else { return "no round for \(silence.components.seconds) s" }
    if let catalog = state.catalog { return catalog }
    guard !state.brands.isEmpty else { return nil }
    return state.brands.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
  }
}
