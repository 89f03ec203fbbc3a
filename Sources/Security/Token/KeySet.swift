/// The public keys that a verifier accepts, by key id (`JWT_PUBLIC_KEYS`). Never empty.
package struct KeySet: Sendable {
  /// More than a rotation ever needs at once; a larger map is a mistake.
  package static let keysMax = 32

  private let keys: [String: VerificationKey]

  package init(_ keys: [KeyID: VerificationKey]) throws(KeyRefusal) {
    guard !keys.isEmpty, keys.count <= Self.keysMax else { throw .noKeys }
    self.keys = Dictionary(uniqueKeysWithValues: keys.map { ($0.key.rawValue, $0.value) })
  }

  /// - Parameter json: the value of `JWT_PUBLIC_KEYS`, a JSON object of key id to PEM text. Line breaks of the PEM text are
  ///   JSON's own `\n`, or doubly escaped as some shells leave them.
  package init(json: String) throws(KeyRefusal) {
    guard let members = TokenMembers(Array(Self.escapingRawLineBreaks(json).utf8)) else { throw .notAMap }
    var keys: [KeyID: VerificationKey] = [:]
    for name in members.names {
      guard let keyID = KeyID(name) else { throw .keyIDInvalid(name) }
      guard let pem = members.ascii(name) else { throw .notPEM }
      keys[keyID] = try VerificationKey(pem: pem)
    }
    try self.init(keys)
  }

  /// Sorted, as `/health` lists them (S0-JWT-04).
  package var keyIDs: [String] { keys.keys.sorted() }

  /// Exactly the named key: there is no default key and no trying of others (RFC 8725 section 3.10).
  func key(_ name: String) -> VerificationKey? { keys[name] }

  /// An operator who turns `\n` into line breaks inside the JSON text has written invalid JSON with one clear meaning (S0-JWT-20).
  private static func escapingRawLineBreaks(_ json: String) -> String {
    guard json.utf8.contains(0x0A) else { return json }
    var isInString = false
    var isEscaped = false
    var text: [UInt8] = []
    for byte in json.utf8 {
      switch byte {
      case UInt8(ascii: "\""): if !isEscaped { isInString.toggle() }
      case 0x0D where isInString: continue
      case 0x0A where isInString:
        text.append(contentsOf: Array(#"\n"#.utf8))
        continue
      default: break
      }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      text.append(byte)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
