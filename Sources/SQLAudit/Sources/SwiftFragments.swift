/// Finds the names that stand for SQL: constants, computed values, functions that return `SQL`, and parameters of that type.
struct SwiftFragments {
  private let outline: SwiftOutline
  private var tokens: [SwiftToken] { outline.tokens }

  static func read(_ outline: SwiftOutline) -> [SwiftFragment] {
    let reader = SwiftFragments(outline: outline)
    return outline.tokens.indices.compactMap { reader.fragment(at: $0) }
  }

  private func text(_ index: Int) -> String { tokens.indices.contains(index) ? tokens[index].text : "" }

  private func fragment(at index: Int) -> SwiftFragment? {
    switch tokens[index].text {
    case "let", "var": return constant(index)
    case "func": return function(index)
    default: return parameter(index)
    }
  }

  private func constant(_ index: Int) -> SwiftFragment? {
    guard tokens.indices.contains(index + 1), tokens[index + 1].kind == .word, !["if", "guard", "case"].contains(text(index - 1)) else {
      return nil
    }
    let isSQL = text(index + 2) == ":" && text(index + 3) == "SQL"
    let isText = text(index + 2) == ":" && text(index + 3) == "String"
    let start = isSQL || isText ? index + 4 : index + 2
    guard text(start) == "=" || text(start) == "{" else {
      return isSQL ? SwiftFragment(name: text(index + 1), place: index, isSQL: true, literals: []) : nil
    }
    let end = text(start) == "{" ? (outline.closer[start] ?? start) : outline.statementEnd(index)
    let literals = self.literals(from: start, to: end, within: text(start) == "{" ? start : outline.opener[index])
    return SwiftFragment(name: text(index + 1), place: index, isSQL: isSQL, literals: literals)
  }

  private func function(_ index: Int) -> SwiftFragment? {
    guard let open = tokens[index...].firstIndex(where: { $0.text == "(" }), let close = outline.closer[open],
      let body = tokens[close...].firstIndex(where: { $0.text == "{" }), tokens[close..<body].contains(where: { $0.text == "->" }),
      text(body - 1) == "SQL" || text(body - 1) == "String"
    else { return nil }
    let end = outline.closer[body] ?? body
    return SwiftFragment(
      name: text(index + 1), place: index, isSQL: text(body - 1) == "SQL", literals: literals(from: body, to: end, within: body))
  }

  /// `name: SQL` between parentheses. What callers hand over is known where the function is private: all of them are in this file.
  private func parameter(_ index: Int) -> SwiftFragment? {
    guard tokens[index].kind == .word, text(index + 1) == ":", text(index + 2) == "SQL", let open = outline.opener[index], text(open) == "("
    else { return nil }
    return SwiftFragment(
      name: tokens[index].text, place: index, isSQL: true, literals: [], arguments: arguments(ofParameter: index, in: open))
  }

  private func arguments(ofParameter index: Int, in open: Int) -> [Range<Int>] {
    guard open >= 2, text(open - 2) == "func", let close = outline.closer[open] else { return [] }
    let head = outline.statementStart(open - 2)
    guard tokens[head..<open].contains(where: { $0.text == "private" || $0.text == "fileprivate" }) else { return [] }
    let function = text(open - 1)
    let parts = outline.parts(from: open + 1, to: close)
    guard let position = parts.firstIndex(where: { $0.contains(index) }) else { return [] }
    let label = parts[position].lowerBound < index ? text(parts[position].lowerBound) : text(index)
    let calls = tokens.indices.filter { text($0) == function && text($0 + 1) == "(" && isCall($0) }
    let found = calls.map { argument(label, position, ofCall: $0 + 1) }
    // One caller whose argument isn't found makes all of it unknown.
    return found.contains { $0 == nil } ? [] : found.compactMap { $0 }
  }

  /// `.player(…)` is a case, `self.player(…)` and `Self.player(…)` are calls.
  private func isCall(_ index: Int) -> Bool {
    if text(index - 1) == "." { return ["self", "Self"].contains(text(index - 2)) }
    return text(index - 1) != "func"
  }

  private func argument(_ label: String, _ position: Int, ofCall open: Int) -> Range<Int>? {
    guard let close = outline.closer[open] else { return nil }
    let parts = outline.parts(from: open + 1, to: close)
    if label == "_" { return parts.indices.contains(position) ? parts[position] : nil }
    return parts.first { text($0.lowerBound) == label && text($0.lowerBound + 1) == ":" }.map { ($0.lowerBound + 2)..<$0.upperBound }
  }

  /// The literals that are the value, rather than an argument of a call within it or a constant of its own.
  private func literals(from start: Int, to end: Int, within open: Int?) -> [Int] {
    guard start < end else { return [] }
    return (start..<end).filter { index in
      guard tokens[index].kind == .literal else { return false }
      var bracket = outline.opener[index]
      while let current = bracket, current != open {
        guard tokens[current].text == "{" else { return false }
        bracket = outline.opener[current]
      }
      let first = outline.statementStart(index)
      return first <= start || !["let", "var"].contains(tokens[first].text)
    }
  }
}
