/// Text from outside as the database takes it, and as a terminal shows it.
package enum DeadLetterTextRules {
  package static let accountBytesMax = 1024

  /// PostgreSQL has no text with U+0000. What is longer than anything that a provider sends is cut, at a whole character.
  package static func storable(_ text: String, bytesMax: Int) -> String {
    var kept = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      let scalar = scalar.value == 0 ? "\u{FFFD}" : scalar
      count += UTF8.width(scalar)
      guard count <= bytesMax else { break }
      kept.append(scalar)
    }
    return String(kept)
  }

  /// On one line, without a space in it: what isn't a visible ASCII character, and `%`, is percent-encoded. Nobody forges a second line, a
  /// second field, or a command to a terminal with it.
  package static func word(_ text: String) -> String {
    var word = ""
    for byte in text.utf8 {
      if (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "%") {
        word.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        word += "%" + (digits.utf8.count == 1 ? "0" + digits : digits)
      }
    }
    return word
  }

  /// Of several lines, without anything that a terminal obeys.
  package static func harmless(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\t": shown.unicodeScalars.append(scalar)
      // C0, DEL, C1, and those that turn the direction of what follows.
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
        shown += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
