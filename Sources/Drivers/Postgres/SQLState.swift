/// The five-character code of a server's refusal (PostgreSQL manual, appendix A; `CB…` are Cordon's own).
package struct SQLState: Hashable, Sendable, RawRepresentable, CustomStringConvertible {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  package static let notNullViolation = SQLState(rawValue: "23502")
  package static let foreignKeyViolation = SQLState(rawValue: "23503")
  package static let duplicateDatabase = SQLState(rawValue: "42P04")
  package static let uniqueViolation = SQLState(rawValue: "23505")
  package static let checkViolation = SQLState(rawValue: "23514")
  package static let characterNotInRepertoire = SQLState(rawValue: "22021")
  package static let inFailedTransaction = SQLState(rawValue: "25P02")
  package static let preparedStatementMissing = SQLState(rawValue: "26000")
  package static let transactionRollback = SQLState(rawValue: "40000")
  package static let serializationFailure = SQLState(rawValue: "40001")
  package static let deadlockDetected = SQLState(rawValue: "40P01")
  package static let insufficientPrivilege = SQLState(rawValue: "42501")
  package static let featureNotSupported = SQLState(rawValue: "0A000")
  package static let lockNotAvailable = SQLState(rawValue: "55P03")
  package static let queryCanceled = SQLState(rawValue: "57014")
  package static let adminShutdown = SQLState(rawValue: "57P01")
  /// A brand-scoped table was touched without a brand in the transaction.
  package static let brandMissing = SQLState(rawValue: "CB001")

  package var description: String { rawValue }
}
