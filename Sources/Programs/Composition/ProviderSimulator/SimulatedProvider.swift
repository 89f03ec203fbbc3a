/// A provider that the simulator can be. What is agreed with it is written down here a second time, from its description: nothing is taken from
/// the game role, so that a slip there shows.
package enum SimulatedProvider: String, CaseIterable, Sendable {
  case mg
  case bti
  case wc

  /// A round has one bet and one win, and its end takes nothing more.
  var tracksRounds: Bool { self == .wc }
  /// A rollback whose bet never came is thanked for.
  var thanksForUnknownRollbacks: Bool { self != .bti }
  /// A rollback after the win takes the win back.
  var takesWinsBack: Bool { self == .bti }
  var hasBatches: Bool { self != .bti }
  /// Authentication gives a token of the provider's own, which bets then show.
  var exchangesTokens: Bool { self == .bti }

  var signatureHeader: String {
    switch self {
    case .mg: "X-MG-Signature"
    case .bti: "X-BTI-Hash"
    case .wc: "X-WC-Signature"
    }
  }

  func term(for word: SimulatorWord) -> String {
    switch self {
    case .mg: Self.mgTerms[word] ?? ""
    case .bti: Self.btiTerms[word] ?? ""
    case .wc: Self.wcTerms[word] ?? ""
    }
  }

  func status(of word: SimulatorWord) -> Int { self == .wc && word == .forged ? 401 : 200 }

  private static let mgTerms: [SimulatorWord: String] = [
    .applied: "RS_OK", .poor: "RS_ERROR_NOT_ENOUGH_MONEY", .conflict: "RS_ERROR_DUPLICATE_TRANSACTION",
    .absent: "RS_ERROR_TRANSACTION_DOES_NOT_EXIST", .settled: "RS_ERROR_TRANSACTION_SETTLED",
    .cancelled: "RS_ERROR_TRANSACTION_ROLLED_BACK", .expired: "RS_ERROR_TOKEN_EXPIRED", .otherCurrency: "RS_ERROR_WRONG_CURRENCY",
    .forged: "RS_ERROR_INVALID_SIGNATURE",
  ]
  private static let btiTerms: [SimulatorWord: String] = [
    .applied: "0", .poor: "-30", .conflict: "-32", .absent: "-31", .settled: "-34", .cancelled: "-33", .expired: "-20",
    .otherCurrency: "-40", .forged: "-10",
  ]
  private static let wcTerms: [SimulatorWord: String] = [
    .applied: "SUCCESS", .poor: "INSUFFICIENT_FUNDS", .conflict: "TRANSACTION_ID_CONFLICT", .absent: "BET_NOT_FOUND",
    .settled: "BET_ALREADY_SETTLED", .cancelled: "BET_ALREADY_CANCELLED", .expired: "SESSION_EXPIRED", .roundClosed: "ROUND_CLOSED",
    .roundHasBet: "ROUND_HAS_BET", .otherCurrency: "WRONG_CURRENCY", .forged: "BAD_SIGNATURE",
  ]
}
