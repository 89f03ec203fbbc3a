/// A place of a source that holds SQL, or what may be SQL.
struct SQLPassage: Hashable {
  let path: String
  /// 1 for the first line; that of the first character.
  let line: Int
  let pieces: [PassagePiece]
  /// What excuses all of it.
  let marker: BrandMarker?
  /// Whether the place is surely for SQL: an argument of `query`, a file of SQL.
  let isForSQL: Bool

  /// The text that the source itself has.
  var ownText: String { pieces.map { $0.text ?? " " }.joined() }
}
