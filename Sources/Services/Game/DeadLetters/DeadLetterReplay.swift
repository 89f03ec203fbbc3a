internal import Contracts
internal import Kernel
internal import Logging
internal import Platform
internal import Postgres

/// Runs dead letters again, one at a time each: the row is claimed first, then the effect is foreseen, then the callback runs, and the row is
/// closed in the transaction that claimed it. A process that dies before that leaves it pending, and the wallet's memory of the provider's
/// id makes the next replay a duplicate (S0-WAL-39).
struct DeadLetterReplay: Sendable {
  /// Longer than the wallet may take.
  private static let deadline: Duration = .seconds(10)

  let database: Database
  let callbacks: any CallbackReplaying
  let metrics: DeadLetterMetrics
  private let store = DeadLetterStore()

  init(database: Database, callbacks: any CallbackReplaying, metrics: DeadLetterMetrics) {
    self.database = database
    self.callbacks = callbacks
    self.metrics = metrics
  }

  /// What ``replay(_:context:)`` would do. Changes nothing.
  func foresee(_ id: Int64, context: CallContext) async throws -> DeadLetterReplayAnswer {
    let record = try await database.withPlatform { try await self.store.find(id, in: $0) }
    guard let record else { throw Problem(.notFound, detail: "There is no dead letter \(id)") }
    try Self.requirePending(record)
    let effect = try await callbacks.foresee(record.letter, context: context)
    return DeadLetterReplayAnswer(id: id, effect: effect.rawValue, replayStatus: record.status.rawValue, replayRequestID: nil)
  }

  /// - Throws: `replay_refused` where it isn't to be done, `dead_letter_closed` where it was; the letter stays as it is.
  func replay(_ id: Int64, context: CallContext) async throws -> DeadLetterReplayAnswer {
    try await database.withPlatform(deadline: Self.deadline) { transaction in
      let record = try await claim(id, transaction)
      let effect = try await attempt(record.letter, context)
      try await store.markReplayed(id, requestID: context.requestID, in: transaction)
      context.logger.notice(
        "dead letter replayed",
        metadata: [
          "event": "dead_letter_replayed", "dead_letter": "\(id)", "effect": "\(effect.rawValue)", "provider": "\(record.letter.provider)",
        ])
      return DeadLetterReplayAnswer(
        id: id, effect: effect.rawValue, replayStatus: DeadLetterStatus.replayed.rawValue, replayRequestID: context.requestID)
    }
  }

  private func claim(_ id: Int64, _ transaction: PlatformTransaction) async throws -> DeadLetterRecord {
    let record: DeadLetterRecord?
    do {
      record = try await store.claim(id, in: transaction)
    } catch {
      guard error.sqlState == .lockNotAvailable else { throw error }
      throw Problem(.deadLetterBusy, detail: "Dead letter \(id) is being replayed or abandoned by somebody else")
    }
    guard let record else { throw Problem(.notFound, detail: "There is no dead letter \(id)") }
    try Self.requirePending(record)
    return record
  }

  private static func requirePending(_ record: DeadLetterRecord) throws(Problem) {
    guard record.status == .pending else {
      throw Problem(.deadLetterClosed, detail: "Dead letter \(record.id) is \(record.status.rawValue)")
    }
  }

  private func attempt(_ letter: DeadLetter, _ context: CallContext) async throws -> ReplayEffect {
    do {
      let effect = try await callbacks.foresee(letter, context: context)
      guard effect.isReplayable else { throw Problem(.replayRefused, detail: "The replay would be: \(effect.rawValue)") }
      let result = await callbacks.replay(letter, context: context)
      if let problem = Self.problem(of: result.outcome) { throw problem }
      metrics.replays.increment([letter.provider, "replayed"])
      return effect
    } catch let problem as Problem {
      metrics.replays.increment([letter.provider, problem.reason == .replayRefused ? "refused" : "failed"])
      throw problem
    }
  }

  /// Nil when the callback has done what it says.
  private static func problem(of outcome: CallbackResult.Outcome) -> Problem? {
    switch outcome {
    case .applied: nil
    case .refused: Problem(.replayRefused, detail: "The callback was refused as the provider's own repetition would be")
    case .unresolved: Problem(.replayRefused, detail: "The replay would be: \(ReplayEffect.unresolved.rawValue)")
    case .malformed: Problem(.replayRefused, detail: "The replay would be: \(ReplayEffect.unreadable.rawValue)")
    case .unverified: Problem(.replayRefused, detail: "The callback's signature was asked for")
    case .retriable: Problem(.unavailable, detail: "Nothing is decided; replay it again later")
    }
  }
}
