internal import Platform

/// The members of a token part, or of another JSON object that decides about security, read by ``JSONDocument``: no member twice, valid
/// UTF-8, bounded depth, nothing after the object.
struct TokenMembers {
  private let values: [String: JSONValue]

  /// Nil unless the bytes are one strict JSON object.
  init?(_ bytes: [UInt8]) {
    guard case .object(let members)? = try? JSONDocument.parse(bytes) else { return nil }
    values = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
  }

  var names: Dictionary<String, JSONValue>.Keys { values.keys }

  /// Nil when the member is absent or null.
  subscript(_ name: String) -> JSONValue? { values[name] == .null ? nil : values[name] }

  /// A string member of ASCII characters. Others would compare equal to look-alikes: Swift's strings are equal by Unicode's
  /// canonical equivalence (U+212A equals "K"), and names of keys and audiences must be equal by their bytes.
  func ascii(_ name: String) -> String? {
    guard case .string(let text) = values[name], text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    return text
  }

  /// A number written without fraction and exponent that fits.
  func integer(_ name: String) -> Int64? { values[name].flatMap(Self.integer) }

  static func integer(_ value: JSONValue) -> Int64? {
    guard case .number(let digits) = value else { return nil }
    return Int64(digits)
  }
}
