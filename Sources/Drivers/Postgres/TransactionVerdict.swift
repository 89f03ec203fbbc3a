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
        // A session that the server ended in the midst of COMMIT may have ended just after it was done.
        return index == commitStep && error.kind != .server ? doubt(error) : .failed(error)
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
    // A transaction that had failed is answered with ROLLBACK and without any error.
    guard rows.last?.storage.commandTag == "COMMIT" else { return .failed(rolledBack) }
    return .succeeded(rows)
  }

  private static func doubt(_ cause: PostgresError) -> TransactionVerdict {
    .unknown(PostgresError(.outcomeUnknown, cause.message, sqlState: cause.sqlState, operation: "commit"))
  }

  private static let brokenOff = PostgresError(.server, "not run, since an earlier statement failed", operation: "query")
  private static let rolledBack = PostgresError(
    .server, "the server rolled the transaction back instead of committing it", sqlState: .transactionRollback, operation: "commit")
}
