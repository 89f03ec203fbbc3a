import Kernel
import Synchronization

@testable import Game

/// What game_service remembers, in memory: the rules' own decisions, one after the other.
final class MemoryBook: GameBook {
  struct State: Sendable {
    var earlier: [String: CallbackFacts.Earlier] = [:]
    var rounds: [String: GameRound] = [:]
    /// Tokens that are alive.
    var tokens: Set<String> = []
    var switches = ProviderSwitches()
  }

  let state = Mutex(State())

  func decide(_ question: CallbackQuestion, _ deadline: CallbackDeadline) async throws -> CallbackStep {
    state.withLock { state in
      var facts = CallbackFacts(
        fingerprint: question.fingerprint, player: question.player.player, brandCurrency: question.player.brand.currency,
        isBrandEnabled: question.player.brand.status == .enabled)
      facts.earlier = state.earlier[question.key]
      facts.switches = state.switches
      facts.session = question.money.token.map { state.tokens.contains($0) } == true ? .live : .ended
      facts.round = question.money.round.flatMap { state.rounds[$0] }
      let step = CallbackRules.decide(question.money, facts, question.terms)
      if case .keep(let decision, let round) = step {
        state.earlier[question.key] = CallbackFacts.Earlier(fingerprint: question.fingerprint, decision: decision)
        if let round, let name = question.money.round { state.rounds[name] = round }
      }
      return step
    }
  }

  func keep(balance: Int64, of question: CallbackQuestion, _ deadline: CallbackDeadline) async throws -> Int64 {
    state.withLock { state in
      guard let earlier = state.earlier[question.key] else { return balance }
      let kept = earlier.decision.balance ?? balance
      state.earlier[question.key] = CallbackFacts.Earlier(
        fingerprint: earlier.fingerprint, decision: KeptDecision(earlier.decision.verdict, balance: kept))
      return kept
    }
  }

  func session(_ token: SessionToken, provider: String, _ deadline: CallbackDeadline) async throws -> GameSession? { nil }

  func exchange(_ session: GameSession, for token: SessionToken, seconds: Int64, _ deadline: CallbackDeadline) async throws {}
}
