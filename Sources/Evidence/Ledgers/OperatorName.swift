/// Who runs the platform, as a name without a scheme: `cordon.example`, `example.com/wallets`. Every origin begins with it.
package struct OperatorName: Hashable, Sendable, CustomStringConvertible {
  package static let charactersMax = 128

  package let description: String

  /// Nil unless it is parts of `a-z`, `0-9`, `-` and `.` with one slash between them, 128 characters at most.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count <= Self.charactersMax else { return nil }
    for part in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard !part.isEmpty, part.allSatisfy(Self.isAllowed) else { return nil }
    }
    description = String(text)
  }

  private static func isAllowed(_ character: UInt8) -> Bool {
    switch character {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }

  /// The name under which keys sign the key history.
  package var keysName: KeyName? { KeyName("\(description)/keys") }

  /// The name under which bundles are sealed.
  package var bundlesName: KeyName? { KeyName("\(description)/bundles") }
}
