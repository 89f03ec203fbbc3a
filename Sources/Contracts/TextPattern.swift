/// The sets of texts that fields are restricted to. Each has the regular expression that OpenAPI shows and the same rule in code,
/// so that no regular expression engine runs on input.
package enum TextPattern: String, CaseIterable, Sendable, Hashable {
  case uuid = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
  case timestamp = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z$"
  /// Account names, codes and other words: they begin with a letter or digit.
  case word = "^[A-Za-z0-9][A-Za-z0-9._-]*$"
  case lowercaseWord = "^[a-z][a-z0-9]*$"
  case currencyCode = "^[A-Z]{3,5}$"
  /// A host name without port.
  case hostName = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"
  case decimalDigits = "^[0-9]+$"
  case base64url = "^[A-Za-z0-9_-]+$"
  /// Visible ASCII, no spaces: request ids, idempotency keys, tokens.
  case visibleASCII = "^[!-~]+$"
  /// No control characters (Unicode Cc).
  case printable = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$"

  package func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    switch self {
    case .uuid: return Self.fits(bytes, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh")
    case .timestamp: return Self.isTimestamp(bytes)
    case .word: return Self.isWord(bytes)
    case .lowercaseWord: return bytes.first.map(Self.isLower) == true && bytes.allSatisfy { Self.isLower($0) || Self.isDigit($0) }
    case .currencyCode: return (3...5).contains(bytes.count) && bytes.allSatisfy { (0x41...0x5A).contains($0) }
    case .hostName: return Self.isHostName(bytes)
    case .decimalDigits: return !bytes.isEmpty && bytes.allSatisfy(Self.isDigit)
    case .base64url: return !bytes.isEmpty && bytes.allSatisfy { Self.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F }
    case .visibleASCII: return !bytes.isEmpty && bytes.allSatisfy { (0x21...0x7E).contains($0) }
    case .printable: return text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  private static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLower(byte) || (0x41...0x5A).contains(byte) }

  private static func isWord(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, isAlphanumeric(first) else { return false }
    return bytes.allSatisfy { isAlphanumeric($0) || $0 == 0x2E || $0 == 0x2D || $0 == 0x5F }
  }

  private static func isHostName(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, let last = bytes.last, isLower(first) || isDigit(first), isLower(last) || isDigit(last) else {
      return false
    }
    return bytes.allSatisfy { isLower($0) || isDigit($0) || $0 == 0x2D || $0 == 0x2E }
  }

  private static func isTimestamp(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 20, bytes.last == 0x5A, fits(Array(bytes.prefix(19)), "dddd-dd-ddTdd:dd:dd") else { return false }
    let fraction = bytes.dropFirst(19).dropLast()
    guard !fraction.isEmpty else { return true }
    return fraction.first == 0x2E && (2...10).contains(fraction.count) && fraction.dropFirst().allSatisfy(isDigit)
  }

  /// `h` stands for a lower-case hexadecimal digit, `d` for a decimal one, anything else for itself.
  private static func fits(_ bytes: [UInt8], _ form: StaticString) -> Bool {
    form.withUTF8Buffer { form in
      guard bytes.count == form.count else { return false }
      return zip(bytes, form).allSatisfy { byte, sign in
        switch sign {
        case 0x68: isDigit(byte) || (0x61...0x66).contains(byte)
        case 0x64: isDigit(byte)
        default: byte == sign
        }
      }
    }
  }
}
