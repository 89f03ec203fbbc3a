internal import Crypto
internal import FoundationEssentials
package import Kernel

/// Encrypts personal data at rest with AES-256-GCM. A ciphertext is bound to its brand, owner and field: copied to another row or
/// column, it does not open.
///
/// Stored form: `01` (version), length of the key id (one byte), the key id, nonce (12 bytes), ciphertext, tag (16 bytes).
/// Associated data: length-prefixed `cordon/personal-data/1`, brand id and owner (eight bytes each), field name. The owner of
/// a contact is the player, that of a bank card's number the bank.
package struct PersonalDataCipher: Sendable {
  /// An e-mail address and a phone number never take more; it bounds the column too.
  package static let plaintextBytesMax = 1024

  private static let version: UInt8 = 1
  private static let nonceBytes = 12
  private static let tagBytes = 16

  private let keys: [String: SymmetricKey]
  /// `AES_PII_KEY_ID`, which goes into the row beside the ciphertext.
  package let currentKeyID: String

  /// - Parameters:
  ///   - currentKey: `AES_PII_KEY_CURRENT`, 32 bytes in base64.
  ///   - currentKeyID: `AES_PII_KEY_ID`, stored with each row so that it can be read after a rotation.
  ///   - earlierKeys: by id, for reading only.
  package init(currentKey: String, currentKeyID: String, earlierKeys: [String: String] = [:]) throws(PersonalDataFault) {
    var keys: [String: SymmetricKey] = [:]
    for (id, text) in earlierKeys.merging([currentKeyID: currentKey], uniquingKeysWith: { _, current in current }) {
      guard let keyID = KeyID(id), let bytes = Data(base64Encoded: text), bytes.count == 32 else { throw .keyInvalid }
      keys[keyID.rawValue] = SymmetricKey(data: bytes)
    }
    self.keys = keys
    self.currentKeyID = currentKeyID
  }

  package func seal(
    _ plaintext: String, field: PersonalDataField, brand: BrandID, player: PlayerID
  ) throws(PersonalDataFault) -> [UInt8] {
    try seal(plaintext, field: field, brand: brand, owner: player.rawValue)
  }

  package func seal(
    _ plaintext: String, field: PersonalDataField, brand: BrandID, owner: Int64
  ) throws(PersonalDataFault) -> [UInt8] {
    guard plaintext.utf8.count <= Self.plaintextBytesMax else { throw .malformed }
    guard let key = keys[currentKeyID] else { throw .unconfigured }
    let binding = Self.binding(field: field, brand: brand, owner: owner)
    guard let box = try? AES.GCM.seal(Array(plaintext.utf8), using: key, authenticating: binding) else { throw .keyInvalid }
    let keyID = Array(currentKeyID.utf8)
    return [Self.version, UInt8(truncatingIfNeeded: keyID.count)] + keyID + Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
  }

  package func open(
    _ stored: [UInt8], field: PersonalDataField, brand: BrandID, player: PlayerID
  ) throws(PersonalDataFault) -> String {
    try open(stored, field: field, brand: brand, owner: player.rawValue)
  }

  package func open(
    _ stored: [UInt8], field: PersonalDataField, brand: BrandID, owner: Int64
  ) throws(PersonalDataFault) -> String {
    guard stored.count >= 2, stored[0] == Self.version else { throw .malformed }
    let rest = stored.dropFirst(2)
    let keyIDBytes = Int(stored[1])
    guard rest.count >= keyIDBytes + Self.nonceBytes + Self.tagBytes else { throw .malformed }
    let keyID = String(decoding: rest.prefix(keyIDBytes), as: UTF8.self)
    guard let key = keys[keyID] else { throw .unknownKey(keyID) }
    guard let box = try? AES.GCM.SealedBox(combined: Array(rest.dropFirst(keyIDBytes))),
      let plaintext = try? AES.GCM.open(box, using: key, authenticating: Self.binding(field: field, brand: brand, owner: owner))
    else { throw .notAuthentic }
    return String(decoding: plaintext, as: UTF8.self)
  }

  private static func binding(field: PersonalDataField, brand: BrandID, owner: Int64) -> [UInt8] {
    var binding = LengthPrefixed()
    binding.append("cordon/personal-data/1")
    binding.append(brand.rawValue)
    binding.append(owner)
    binding.append(field.rawValue)
    return binding.bytes
  }
}
