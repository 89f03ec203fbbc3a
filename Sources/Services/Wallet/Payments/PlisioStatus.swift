/// What Plisio says of a payment.
enum PlisioStatus: String, CaseIterable, Sendable {
  case new
  case pending
  case completed
  /// Another amount came than was invoiced.
  case mismatch
  case expired
  case error
  case cancelled
}
