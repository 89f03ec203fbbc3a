/// Why personal data could not be encrypted or read.
package enum PersonalDataFault: Error, Hashable, Sendable {
  /// The keys are not configured. There is no plaintext fallback (S0-PLY-07).
  case unconfigured
  /// The key is not 32 bytes of base64, or its id is not usable.
  case keyInvalid
  /// The stored bytes have not the written form.
  case malformed
  /// The row was encrypted under a key that is not configured here.
  case unknownKey(String)
  /// The bytes were altered, or stand in another brand's, player's or field's place.
  case notAuthentic
}
