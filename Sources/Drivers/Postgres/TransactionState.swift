/// Where a transaction stands. A value without I/O; ``TransactionCore`` guards it.
struct TransactionState {
  enum Phase: Equatable {
    /// BEGIN has not been sent: the first statement takes it along.
    case fresh
    case open
    /// The server has rolled back, or will.
    case failed
    case committed
    /// The connection is gone or its state unclear.
    case lost
  }

  private(set) var phase = Phase.fresh
  private(set) var bodyEnded = false
  private(set) var isRunning = false
  /// The failure that ended the transaction.
  private(set) var failure: PostgresError?
  /// False once any answer has come: until then a dead connection of the pool can be exchanged for another one.
  private(set) var isUnanswered = true

  /// Begins a statement. Returns whether BEGIN has to be sent ahead of it.
  ///
  /// - Parameter afterBody: this is the COMMIT that follows the body.
  mutating func start(_ operation: @autoclosure () -> String, afterBody: Bool = false) throws(PostgresError) -> Bool {
    if bodyEnded != afterBody { throw PostgresError(.misuse, "the transaction has ended", operation: operation()) }
    if isRunning { throw PostgresError(.misuse, "another statement of this transaction is still running", operation: operation()) }
    switch phase {
    case .committed: throw PostgresError(.misuse, "the transaction is committed already", operation: operation())
    case .failed, .lost:
      let cause = failure?.message ?? "unknown"
      throw PostgresError(
        failure?.kind ?? .server, "the transaction had failed before: \(cause)", sqlState: .inFailedTransaction, operation: operation())
    case .fresh, .open: break
    }
    if let failure { throw failure.during(operation()) }
    isRunning = true
    return phase == .fresh
  }

  /// A statement may not be sent. The body can't commit without it, also when it swallows the error.
  mutating func refuse(_ error: PostgresError) {
    failure = failure ?? error
    if phase == .open { phase = .failed }
  }

  /// The statement was never sent.
  mutating func neverSent() { isRunning = false }

  mutating func finish(_ verdict: TransactionVerdict, commits: Bool, interrupted: Bool) {
    isRunning = false
    if !interrupted { isUnanswered = false }
    switch verdict {
    case .succeeded: phase = commits ? .committed : .open
    case .failed(let error):
      phase = interrupted || error.kind == .connectionLost ? .lost : .failed
      failure = error
    case .unknown(let error):
      phase = .lost
      failure = error
    }
  }

  /// The body has returned or thrown: whoever kept the transaction can do nothing with it any more.
  mutating func endBody() { bodyEnded = true }
}
