/// What is certain about a transaction after an exchange.
enum TransactionVerdict: Sendable {
  /// Every statement succeeded; the transaction goes on, or, if COMMIT was among them, is committed.
  case succeeded([Rows])
  /// The transaction is not committed and can't be any more.
  case failed(PostgresError)
  /// COMMIT was sent and nobody knows what became of it, or it isn't replicated as promised.
  case unknown(PostgresError)

  /// - Parameter commits: the last step is COMMIT.
  static func judge(_ report: ExchangeReport, commits: Bool, stepCount: Int) -> TransactionVerdict {
    let commitStep = commits ? stepCount - 1 : nil
    var rows: [Rows] = []
    for (index, outcome) in report.outcomes.enumerated() {
      switch outcome {
      case .rows(let answer): rows.append(answer)
      case .failed(let error):
        return commits && !isCertain(error, isCommit: index == commitStep) ? doubt(error) : .failed(error)
      case .skipped: return .failed(report.interruption ?? brokenOff)
      }
    }
    if let interruption = report.interruption, rows.count < stepCount {
      return commits ? doubt(interruption) : .failed(interruption)
    }
    guard commits else { return .succeeded(rows) }
    if report.notices.contains(where: \.saysReplicationWasNotAwaited) {
      return .unknown(
        PostgresError(
          .outcomeUnknown, "committed locally, but the wait for synchronous replication was cancelled", operation: "commit"))
    }
    if report.notices.contains(where: \.saysNoTransaction) { return .failed(endedByBody) }
    // A transaction that had failed is answered with ROLLBACK and without any error.
    guard rows.last?.storage.commandTag == "COMMIT" else { return .failed(rolledBack) }
    return .succeeded(rows)
  }

  /// Statements of a body must leave its transaction standing: what came after a COMMIT or ROLLBACK of the body's own would run outside it.
  func requiringTransaction(_ report: ExchangeReport) -> TransactionVerdict {
    guard case .succeeded = self, !report.isInTransaction else { return self }
    return .failed(Self.endedByBody)
  }

  /// Whether this failure of one step proves that COMMIT was not carried out.
  private static func isCertain(_ error: PostgresError, isCommit: Bool) -> Bool {
    if error.kind == .server { return true }
    // Without a code it isn't the server's answer: libpq makes one up for the oldest open step when the connection breaks. And a
    // session that the server ended in the midst of COMMIT may have ended just after it was done.
    return error.sqlState != nil && !isCommit
  }

  private static func doubt(_ cause: PostgresError) -> TransactionVerdict {
    .unknown(PostgresError(.outcomeUnknown, cause.message, sqlState: cause.sqlState, operation: "commit"))
  }

  private static let endedByBody = PostgresError(.misuse, "the body ended the transaction by itself", operation: "query")
  private static let brokenOff = PostgresError(.server, "not run, since an earlier statement failed", operation: "query")
  private static let rolledBack = PostgresError(
    .server, "the server rolled the transaction back instead of committing it", sqlState: .transactionRollback, operation: "commit")
}
