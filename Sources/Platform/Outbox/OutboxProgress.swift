internal import Kernel
internal import Synchronization

/// What keeps an outbox from getting on, per brand; the worker's readiness is made of it (S0-SVC-03).
final class OutboxProgress: Sendable {
  private struct State {
    var brands: [BrandCode: String] = [:]
    /// Why not even the brands are known.
    var catalog: String?
  }

  private let state = Mutex(State())

  func set(_ fault: String?, of brand: BrandCode) { state.withLock { $0.brands[brand] = fault } }

  func setCatalog(_ fault: String?) { state.withLock { $0.catalog = fault } }

  /// Nil when every brand gets on.
  var fault: String? {
    let state = state.withLock { $0 }
    if let catalog = state.catalog { return catalog }
    guard !state.brands.isEmpty else { return nil }
    return state.brands.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
  }
}
