import Game
import Platform
import Synchronization

/// A callback pipeline that does as it is told, and remembers what it was asked.
final class ScriptedCallbacks: CallbackReplaying {
  private struct State {
    var effect = ReplayEffect.applies
    var outcome = CallbackResult.Outcome.applied
    var replayed: [DeadLetter] = []
    var foreseen = 0
    var isHeld = false
  }

  private let state = Mutex(State())

  func set(effect: ReplayEffect = .applies, outcome: CallbackResult.Outcome = .applied) {
    state.withLock { ($0.effect, $0.outcome) = (effect, outcome) }
  }

  /// Replays don't come back while it is held.
  func hold(_ isHeld: Bool) { state.withLock { $0.isHeld = isHeld } }

  var replayed: [DeadLetter] { state.withLock { $0.replayed } }
  var foreseen: Int { state.withLock { $0.foreseen } }

  func foresee(_ letter: DeadLetter, context: CallContext) async throws -> ReplayEffect {
    state.withLock { state in
      state.foreseen += 1
      return state.effect
    }
  }

  func replay(_ letter: DeadLetter, context: CallContext) async -> CallbackResult {
    state.withLock { $0.replayed.append(letter) }
    while state.withLock({ $0.isHeld }) { try? await Task.sleep(for: .milliseconds(10)) }
    let outcome = state.withLock { $0.outcome }
    return CallbackResult(reply: CallbackReply(status: 200, contentType: "application/json", body: []), outcome: outcome, brand: nil)
  }
}
