/// PostgreSQL's parser refused a text.
struct QueryParseFault: Error, Hashable {
  let message: String
  /// 1 for the first character; 0 where the parser named no place.
  let position: Int
}
