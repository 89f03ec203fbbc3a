/// A name of a source that stands for text which becomes part of SQL.
struct SwiftFragment {
  let name: String
  /// The token that declares it.
  let place: Int
  /// Declared as `SQL`, so that an interpolation of it is text rather than a value.
  let isSQL: Bool
  /// The literals that it may be, by their tokens; empty where that isn't known.
  let literals: [Int]
  /// The expressions that callers hand over, where all of them are known: a parameter of a private function.
  var arguments: [Range<Int>] = []
}
