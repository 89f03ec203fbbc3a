/// How a provider's table reads, written down a second time: nothing here is taken from the program.
struct ModelDialect: Sendable {
  let tracksRounds: Bool
  let unknownRollbackIsFine: Bool
  let takesWinsBack: Bool
  /// The provider's words by what they mean.
  let words: [String: String]

  static let mg = ModelDialect(
    tracksRounds: false, unknownRollbackIsFine: true, takesWinsBack: false,
    words: [
      "ok": "RS_OK", "poor": "RS_ERROR_NOT_ENOUGH_MONEY", "conflict": "RS_ERROR_DUPLICATE_TRANSACTION",
      "absent": "RS_ERROR_TRANSACTION_DOES_NOT_EXIST", "settled": "RS_ERROR_TRANSACTION_SETTLED",
      "cancelled": "RS_ERROR_TRANSACTION_ROLLED_BACK", "expired": "RS_ERROR_TOKEN_EXPIRED",
    ])
  static let bti = ModelDialect(
    tracksRounds: false, unknownRollbackIsFine: false, takesWinsBack: true,
    words: ["ok": "0", "poor": "-30", "conflict": "-32", "absent": "-31", "settled": "-34", "cancelled": "-33", "expired": "-20"])
  static let wc = ModelDialect(
    tracksRounds: true, unknownRollbackIsFine: true, takesWinsBack: false,
    words: [
      "ok": "SUCCESS", "poor": "INSUFFICIENT_FUNDS", "conflict": "TRANSACTION_ID_CONFLICT", "absent": "BET_NOT_FOUND",
      "settled": "BET_ALREADY_SETTLED", "cancelled": "BET_ALREADY_CANCELLED", "expired": "SESSION_EXPIRED", "closed": "ROUND_CLOSED",
      "full": "ROUND_HAS_BET",
    ])

  static func of(_ provider: String) -> ModelDialect { ["mg": mg, "bti": bti][provider] ?? wc }
}
