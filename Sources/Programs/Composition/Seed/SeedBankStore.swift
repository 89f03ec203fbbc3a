internal import Kernel
internal import Postgres
internal import Security

/// Bank rows for local data. Each names its brand itself: no column default and no trigger supplies one (S0-MIG-21).
struct SeedBankStore: Sendable {
  private static let bank = "Local test bank"
  private static let group = "Local cards"
  private static let holder = "Cordon Local"
  /// Not a number that any bank gives out.
  private static let cardNumber = "0000 0000 0000 0042"

  /// Encrypts card numbers. Without it there is no card, since there is no plaintext form of one.
  let cipher: PersonalDataCipher?

  func ensureBank(_ transaction: BrandTransaction) async throws -> Bool {
    try await transaction.execute(
      "INSERT INTO cordon.bank (brand_id, name) VALUES (\(transaction.brand), \(Self.bank)) ON CONFLICT (brand_id, name) DO NOTHING") > 0
  }

  func ensureGroup(_ transaction: BrandTransaction) async throws -> Bool {
    try await transaction.execute(
      """
      INSERT INTO cordon.bank_card_group (brand_id, name) VALUES (\(transaction.brand), \(Self.group))
      ON CONFLICT (brand_id, name) DO NOTHING
      """) > 0
  }

  func ensureCard(_ transaction: BrandTransaction) async throws -> SeedReport.Outcome {
    guard let cipher else { return .skipped }
    let brand = transaction.brand
    let bank = try await transaction.query(
      "SELECT bank_id FROM cordon.bank WHERE brand_id = \(brand) AND name = \(Self.bank) FOR NO KEY UPDATE")
    guard let bankID: Int64 = try bank.first?.get("bank_id") else { return .skipped }
    let number = try cipher.seal(Self.cardNumber, field: .bankCardNumber, brand: brand, owner: bankID)
    let made = try await transaction.execute(
      """
      INSERT INTO cordon.bank_card (brand_id, bank_id, bank_card_group_id, holder, number_ciphertext, number_key_id, number_last_digits)
      SELECT \(brand), \(bankID), bank_card_group_id, \(Self.holder), \(number), \(cipher.currentKeyID), \(String(Self.cardNumber.suffix(4)))
      FROM cordon.bank_card_group
      WHERE brand_id = \(brand) AND name = \(Self.group)
        AND NOT EXISTS (SELECT FROM cordon.bank_card WHERE brand_id = \(brand) AND holder = \(Self.holder))
      """)
    return made > 0 ? .created : .kept
  }
}
