/// Why a database operation did not succeed, and what is certain about it.
///
/// Carries no bound values and no server detail line, so that it can be logged: the detail of a violated constraint quotes the row.
package struct PostgresError: Error, Sendable, CustomStringConvertible {
  package enum Kind: String, Sendable {
    /// The server refused; the transaction is rolled back. ``PostgresError/sqlState`` says why.
    case server
    /// The connection broke before COMMIT was sent: nothing is committed.
    case connectionLost
    /// COMMIT was sent and its outcome isn't known: the transaction may or may not be committed, or not be replicated.
    case outcomeUnknown
    /// The deadline passed, or the task was cancelled, before COMMIT was sent: nothing is committed.
    case deadlineExceeded
    /// Every connection of the pool stayed in use until the deadline.
    case poolExhausted
    /// No connection to the server could be opened.
    case unreachable
    /// A value doesn't have the type, range or presence that the code asked for.
    case decoding
    /// The code broke a rule of this driver, such as using a transaction after its body ended.
    case misuse
    /// The database was closed by this process.
    case shuttingDown
    /// The table takes no writes for now, says the ``WriteGate``: nothing was sent. ``PostgresError/table`` names it.
    case paused
  }

  package let kind: Kind
  package let sqlState: SQLState?
  package let message: String
  /// The name of the violated constraint, when the server named one.
  package let constraint: String?
  package let table: String?
  /// What was being done: `connect`, `commit`, or the head of the statement's text.
  package let operation: String

  package init(
    _ kind: Kind, _ message: String, sqlState: SQLState? = nil, constraint: String? = nil, table: String? = nil, operation: String
  ) {
    self.kind = kind
    self.sqlState = sqlState
    self.message = message
    self.constraint = constraint
    self.table = table
    self.operation = operation
  }

  /// True when running the same transaction again may succeed, because the server gave up on it in favour of another one.
  package var isSerializationConflict: Bool {
    kind == .server && (sqlState == .serializationFailure || sqlState == .deadlockDetected)
  }

  /// True when a prepared statement of this connection no longer fits the schema, or is gone: a new connection prepares it anew.
  var isStaleStatement: Bool {
    guard kind == .server else { return false }
    return sqlState == .preparedStatementMissing || (sqlState == .featureNotSupported && message.contains("cached plan"))
  }

  package var description: String {
    let state = sqlState.map { " \($0)" } ?? ""
    let place = constraint.map { " (constraint \($0))" } ?? ""
    return "\(kind.rawValue)\(state) during \(operation): \(message)\(place)"
  }

  func during(_ operation: String) -> PostgresError {
    PostgresError(kind, message, sqlState: sqlState, constraint: constraint, table: table, operation: operation)
  }

  func with(kind: Kind) -> PostgresError {
    PostgresError(kind, message, sqlState: sqlState, constraint: constraint, table: table, operation: operation)
  }
}
