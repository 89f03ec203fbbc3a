/// Where the brackets of a token stream pair up, and where its statements begin.
struct SwiftOutline {
  let tokens: [SwiftToken]
  /// The innermost bracket around each token; nil at the top.
  let opener: [Int?]
  let closer: [Int: Int]
  let opening: [Int: Int]

  init(_ tokens: [SwiftToken]) {
    self.tokens = tokens
    var open: [Int] = []
    var opener: [Int?] = []
    var closer: [Int: Int] = [:]
    for (index, token) in tokens.enumerated() {
      if token.kind == .close, let last = open.popLast() { closer[last] = index }
      opener.append(open.last)
      if token.kind == .open { open.append(index) }
    }
    self.opener = opener
    self.closer = closer
    opening = Dictionary(closer.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
  }

  /// The first token of the statement that the token belongs to, inside of the innermost braces around it.
  func statementStart(_ index: Int) -> Int {
    var index = index
    while let open = opener[index], tokens[open].text != "{" { index = open }
    let open = opener[index]
    var start = index
    while let previous = sibling(before: start), previous > (open ?? -1) {
      if beginsStatement(start, after: previous) { break }
      start = previous
    }
    return attributed(start)
  }

  /// The token before, stepping over brackets.
  func sibling(before index: Int) -> Int? {
    guard index > 0 else { return nil }
    let previous = index - 1
    guard tokens[previous].kind == .close else { return tokens[previous].kind == .open ? nil : previous }
    return opening[previous] ?? previous
  }

  func beginsStatement(_ index: Int, after previous: Int) -> Bool {
    let token = tokens[index]
    let last = tokens[index - 1]
    guard token.line > last.endLine else { return token.text == ";" || last.text == ";" || last.text == "in" }
    if token.kind == .sign && token.text != "@" && token.text != "#" { return false }
    if token.text == "{" || token.text == "else" || token.text == "where" { return false }
    if last.kind == .sign && !["?", "!", ">"].contains(last.text) { return false }
    return !["return", "try", "await", "->", "throws", "async"].contains(last.text)
  }

  /// Attributes on lines of their own belong to what they are attached to.
  private func attributed(_ start: Int) -> Int {
    var start = start
    while start > 0 {
      var previous = start - 1
      if tokens[previous].text == ")", let open = opening[previous] { previous = open - 1 }
      guard previous > 0, tokens[previous].kind == .word, tokens[previous - 1].text == "@" else { return start }
      start = previous - 1
    }
    return start
  }

  /// What stands between the commas of a list.
  func parts(from start: Int, to end: Int) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var first = start
    var index = start
    while index < end {
      if tokens[index].kind == .open { index = closer[index] ?? index }
      if tokens[index].text == "," {
        parts.append(first..<index)
        first = index + 1
      }
      index += 1
    }
    return first < end ? parts + [first..<end] : parts
  }

  /// The end of the statement: the index after its last token.
  func statementEnd(_ index: Int) -> Int {
    let open = opener[index]
    var end = index + 1
    while end < tokens.count, opener[end] != open || !beginsStatement(end, after: end - 1) {
      if let open, closer[open] == end { break }
      if tokens[end].kind == .open, let close = closer[end] { end = close }
      end += 1
    }
    return min(end, tokens.count)
  }
}
