/// Where a process may die while it publishes a checkpoint.
enum LogStep: CaseIterable, Sendable {
  /// It exists, and nobody has seen it.
  case signed
  /// It stands outside of the database.
  case remembered
  /// It stands in the transaction that isn't committed.
  case written
}
