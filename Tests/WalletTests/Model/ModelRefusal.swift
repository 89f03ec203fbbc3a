/// Why a command is refused: the word in the answer and its HTTP status.
enum ModelRefusal: String, Error, Sendable, CaseIterable {
  case playerNotFound = "player_not_found"
  case playerSuspended = "player_suspended"
  case amountOutOfRange = "amount_out_of_range"
  case unknownBucket = "invalid_field"
  case transferNotAllowed = "transfer_not_allowed"
  case limitExceeded = "limit_exceeded"
  case transactionNotFound = "transaction_not_found"
  case alreadyRolledBack = "already_rolled_back"
  case alreadySettled = "already_settled"
  case transactionClosed = "transaction_closed"
  case insufficientFunds = "insufficient_funds"
  // What isn't the rules' to say.
  case idempotencyMismatch = "idempotency_mismatch"
  case keyOfAnotherBrand = "idempotency_brand_split"
  case rowOfAnotherBrand = "cross_brand_rejected"
  case currencyMismatch = "currency_mismatch"
  case topologyMissing = "topology_missing"
  case policyMissing = "policy_missing"

  var status: Int {
    switch self {
    case .playerNotFound, .transactionNotFound: 404
    case .playerSuspended, .rowOfAnotherBrand: 403
    case .unknownBucket: 400
    case .alreadyRolledBack, .alreadySettled, .transactionClosed, .keyOfAnotherBrand, .topologyMissing, .policyMissing: 409
    case .amountOutOfRange, .transferNotAllowed, .limitExceeded, .insufficientFunds, .idempotencyMismatch, .currencyMismatch: 422
    }
  }

  /// Whether the same key gets the same refusal for ever.
  var isKept: Bool {
    switch self {
    case .playerSuspended, .amountOutOfRange, .unknownBucket, .transferNotAllowed, .limitExceeded, .transactionNotFound, .alreadyRolledBack,
      .alreadySettled, .transactionClosed, .insufficientFunds:
      true
    case .playerNotFound, .idempotencyMismatch, .keyOfAnotherBrand, .rowOfAnotherBrand, .currencyMismatch, .topologyMissing, .policyMissing:
      false
    }
  }
}
