/// The client's name for one command, from the `Idempotency-Key` header: 1 to 255 visible ASCII characters.
///
/// Both spellings in use are taken and mean the same: the quoted string of draft-ietf-httpapi-idempotency-key-header, and the bare
/// token that most clients send.
package struct IdempotencyKey: Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String

  package init?(header: some StringProtocol) {
    var bytes = Array(header.utf8)
    if bytes.first == 0x22 {
      guard bytes.count >= 2, bytes.last == 0x22, let inner = Self.unescaped(bytes[1..<bytes.count - 1]) else { return nil }
      bytes = inner
    } else if bytes.contains(0x22) || bytes.contains(0x5C) {
      return nil
    }
    self.init(plain: String(decoding: bytes, as: UTF8.self))
  }

  /// The key itself, neither quoted nor escaped.
  package init?(plain: String) {
    guard !plain.isEmpty, plain.utf8.count <= Limits.idempotencyKeyCharactersMax else { return nil }
    guard plain.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    self.rawValue = plain
  }

  package var description: String { rawValue }

  /// Structured-field strings escape only the quote and the backslash (RFC 9651 section 3.3.3).
  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var plain: [UInt8] = []
    var escaped = false
    for byte in bytes {
      if escaped {
        guard byte == 0x22 || byte == 0x5C else { return nil }
        plain.append(byte)
        escaped = false
      } else if byte == 0x5C {
        escaped = true
      } else if byte == 0x22 {
        return nil
      } else {
        plain.append(byte)
      }
    }
    return escaped ? nil : plain
  }
}
