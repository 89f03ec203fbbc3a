internal import Kernel

/// The shapes that the wallet's bodies share.
enum WalletSchemas {
  static let amount = JSONSchema.integer(1...Limits.amountMinorUnitsMax)
  static let amountOrZero = JSONSchema.integer(0...Int64.max)
  static let signedAmount = JSONSchema.integer(-Limits.amountMinorUnitsMax...Limits.amountMinorUnitsMax)
  static let currency = JSONSchema.string(length: 3...5, pattern: .currencyCode, example: "EUR")
  static let provider = JSONSchema.string(length: 1...32, pattern: .lowercaseWord, example: "mg")
  static let reference = JSONSchema.string(length: 1...200, pattern: .visibleASCII, example: "bet-1")
  static let bucket = JSONSchema.string(length: 1...32, pattern: .word, example: "cash")
}
