internal import Kernel

/// What game_service remembers: decisions, rounds, sessions.
protocol GameBook: Sendable {
  /// Reads what is known, lets the rules decide, and keeps the decision, as one.
  func decide(_ question: CallbackQuestion, _ deadline: CallbackDeadline) async throws -> CallbackStep

  /// Keeps the balance of a first answer. - Returns: the one that is kept, which may be an earlier one.
  func keep(balance: Int64, of question: CallbackQuestion, _ deadline: CallbackDeadline) async throws -> Int64

  /// The session of a token; nil when there is none that is alive.
  func session(_ token: SessionToken, provider: String, _ deadline: CallbackDeadline) async throws -> GameSession?

  /// Opens a provider's own session beside the one that it shows.
  func exchange(_ session: GameSession, for token: SessionToken, seconds: Int64, _ deadline: CallbackDeadline) async throws
}
