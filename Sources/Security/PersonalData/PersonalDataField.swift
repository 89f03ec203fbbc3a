/// The encrypted columns. The raw value is bound into each ciphertext, so renaming one makes its rows unreadable.
package enum PersonalDataField: String, CaseIterable, Sendable {
  /// `cordon.player.contact_ciphertext`.
  case contact
  /// `cordon.bank_card.number_ciphertext`.
  case bankCardNumber = "bank_card_number"
}
