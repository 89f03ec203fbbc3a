/// One statement of a text.
struct ParsedStatement: Sendable {
  /// `SelectStmt`, `InsertStmt`, …
  let kind: String
  let body: ParseNode
  /// Offset in bytes of its first character that is no space, and its length; nil means up to the end.
  let start: Int
  let length: Int?
}
