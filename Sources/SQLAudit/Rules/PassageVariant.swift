/// One text that a passage may become, as the parser accepted it.
struct PassageVariant {
  let text: String
  let statements: [ParsedStatement]
  /// Names that stand in for text which isn't known: wherever they are, anything may be.
  let unknownNames: Set<String>
  /// Text that isn't known and had to be left out for the rest to be SQL.
  let hasUnknownText: Bool
}
