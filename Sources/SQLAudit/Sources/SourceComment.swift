/// A comment of a source; one over several lines is several.
struct SourceComment: Hashable {
  let line: Int
  let text: String
  /// Nothing but the comment stands on its line.
  let isAlone: Bool
}
