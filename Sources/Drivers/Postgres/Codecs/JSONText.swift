/// A JSON document as text, for columns of type `json` and `jsonb`. The server checks that it is JSON.
package struct JSONText: Hashable, Sendable, PostgresEncodable, PostgresDecodable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static var postgresType: PostgresType { .jsonb }
  package var postgresBind: PostgresBind { .text(text, type: .jsonb) }

  /// The version byte before the text of a binary `jsonb`.
  private static let binaryVersion: UInt8 = 1

  package init?(postgres bytes: RawSpan, type: PostgresType) {
    switch type {
    case .json:
      guard let text = bytes.utf8Text else { return nil }
      self.text = text
    case .jsonb:
      guard bytes.integer(as: UInt8.self) == Self.binaryVersion else { return nil }
      guard let text = bytes.extracting(1..<bytes.byteCount).utf8Text else { return nil }
      self.text = text
    default:
      return nil
    }
  }
}
