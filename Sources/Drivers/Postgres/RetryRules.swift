/// Whether a failed transaction is run again.
enum RetryRules {
  static let attemptsMax = 3

  enum Reason: Sendable {
    /// Another transaction won; this one is rolled back.
    case conflict
    /// The connection had died, or its prepared statements had grown stale, while nobody used it.
    case staleConnection
  }

  /// - Parameters:
  ///   - failure: what ended the transaction, whatever the body threw.
  ///   - isUnanswered: the server had not answered anything yet, so that nothing of the transaction was seen.
  /// - Returns: nil when the failure stands.
  static func reason(failure: PostgresError, attempt: Int, isReused: Bool, isUnanswered: Bool) -> Reason? {
    guard attempt < attemptsMax else { return nil }
    if failure.isSerializationConflict { return .conflict }
    if failure.isStaleStatement { return .staleConnection }
    return failure.kind == .connectionLost && isReused && isUnanswered ? .staleConnection : nil
  }

  /// 2 ms before the second attempt, 8 ms before the third, plus up to as much again.
  ///
  /// - Parameter jitter: 0 ..< 1; keeps two transactions from colliding in step.
  static func pause(afterAttempt attempt: Int, jitter: Double) -> Duration {
    .milliseconds(2 << (2 * (attempt - 1))) * (1 + jitter)
  }
}
