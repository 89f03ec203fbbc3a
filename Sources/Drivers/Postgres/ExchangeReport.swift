/// What became of the steps of an exchange.
struct ExchangeReport: Sendable {
  enum Outcome: Sendable {
    case rows(Rows)
    case failed(PostgresError)
    case skipped
  }

  /// In the order of the steps; shorter when the exchange was interrupted.
  let outcomes: [Outcome]
  /// Why the remaining answers will never come. The connection is closed.
  let interruption: PostgresError?
  let notices: [Notice]
  /// Whether the server held a good transaction of this session afterwards.
  var isInTransaction = false
}
