/// What a key is called in a note's signature line: not empty, without white space and without `+` (C2SP signed-note).
package struct KeyName: Hashable, Sendable, CustomStringConvertible {
  package static let bytesMax = 255

  /// Names are equal when their bytes are: Swift's strings would call the Kelvin sign a K.
  package let utf8: [UInt8]

  package init?(_ text: some StringProtocol) {
    guard !text.isEmpty, text.utf8.count <= Self.bytesMax else { return nil }
    let allowed = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "+" && !$0.properties.isWhitespace }
    guard allowed else { return nil }
    utf8 = Array(text.utf8)
  }

  package var description: String { String(decoding: utf8, as: UTF8.self) }
}
