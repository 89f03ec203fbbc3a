/// A word, a sign, or a text literal of a Swift source.
struct SwiftToken {
  enum Kind: Hashable { case word, number, sign, open, close, literal, regex }

  let kind: Kind
  let text: String
  let line: Int
  let endLine: Int
  /// Of a literal.
  let parts: [SwiftLiteralPart]

  init(_ kind: Kind, _ text: String, line: Int, endLine: Int? = nil, parts: [SwiftLiteralPart] = []) {
    self.kind = kind
    self.text = text
    self.line = line
    self.endLine = endLine ?? line
    self.parts = parts
  }
}
