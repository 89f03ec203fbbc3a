/// One statement or expression in the body of a function.
struct RoutineStatement {
  let text: String
  /// Counted from the first line of the text that makes the function.
  let line: Int
  /// Whether it is an expression that yields the text of a statement: `EXECUTE format(…)`.
  let isDynamic: Bool
}
