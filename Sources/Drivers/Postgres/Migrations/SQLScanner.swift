/// Splits a script into statements and their words, leaving out comments and the insides of quotes. It knows SQL's lexical rules only.
struct SQLScanner {
  struct Statement: Hashable {
    /// 1 for the first line of the file.
    let line: Int
    /// Names and keywords in lower case (quoted names as they are), and each other character by itself. A text constant is `'`.
    var words: [String]
  }

  private let characters: [Character]
  private var position = 0
  private var line = 1
  private var statements: [Statement] = []
  private var current: Statement?
  /// The line of a quote or comment that doesn't end.
  private(set) var unterminatedLine: Int?

  private init(_ text: String) { characters = Array(text) }

  static func scan(_ text: String) -> (statements: [Statement], unterminatedLine: Int?) {
    var scanner = SQLScanner(text)
    scanner.run()
    return (scanner.statements, scanner.unterminatedLine)
  }

  private mutating func run() {
    while let character = peek() {
      switch character {
      case _ where character.isWhitespace: advance()
      case "-" where peek(1) == "-": skipLine()
      case "/" where peek(1) == "*": skipBlockComment()
      case "'": quoted(by: "'", escapes: false) { _ in "'" }
      case "\"": quoted(by: "\"", escapes: false) { $0 }
      case "$" where dollarTag() != nil: dollarQuoted()
      case ";": endStatement()
      case _ where character.isLetter || character == "_": word()
      default:
        add(String(character))
        advance()
      }
    }
    if let current { statements.append(current) }
  }

  private func peek(_ offset: Int = 0) -> Character? {
    position + offset < characters.count ? characters[position + offset] : nil
  }

  private mutating func advance() {
    if characters[position].isNewline { line += 1 }
    position += 1
  }

  private mutating func add(_ word: String, line start: Int? = nil) {
    if current == nil { current = Statement(line: start ?? line, words: []) }
    current?.words.append(word)
  }

  private mutating func endStatement() {
    advance()
    if let current { statements.append(current) }
    current = nil
  }

  private mutating func skipLine() {
    while let character = peek(), !character.isNewline { advance() }
  }

  private mutating func skipBlockComment() {
    let start = line
    var depth = 0
    while let character = peek() {
      let next = peek(1)
      guard (character == "/" && next == "*") || (character == "*" && next == "/") else {
        advance()
        continue
      }
      depth += character == "/" ? 1 : -1
      advance()
      advance()
      if depth == 0 { return }
    }
    unterminatedLine = unterminatedLine ?? start
  }

  private mutating func quoted(by quote: Character, escapes: Bool, _ word: (String) -> String) {
    let start = line
    var content = ""
    advance()
    while let character = peek() {
      if character == quote, peek(1) != quote {
        advance()
        add(word(content), line: start)
        return
      }
      // A doubled quote and, in E'…', a backslash stand for the character that follows.
      if character == quote || (escapes && character == "\\" && peek(1) != nil) { advance() }
      if let taken = peek() { content.append(taken) }
      advance()
    }
    unterminatedLine = unterminatedLine ?? start
  }

  /// `$$` or `$name$` at the position, or nil.
  private func dollarTag() -> [Character]? {
    var tag: [Character] = ["$"]
    var offset = 1
    while let character = peek(offset) {
      tag.append(character)
      if character == "$" { return tag }
      let isFirst = offset == 1
      guard character.isLetter || character == "_" || (!isFirst && character.isNumber) else { return nil }
      offset += 1
    }
    return nil
  }

  private mutating func dollarQuoted() {
    guard let tag = dollarTag() else { return }
    let start = line
    for _ in tag { advance() }
    while position < characters.count {
      if characters[position...].starts(with: tag) {
        for _ in tag { advance() }
        add("'", line: start)
        return
      }
      advance()
    }
    unterminatedLine = unterminatedLine ?? start
  }

  private mutating func word() {
    var text = ""
    while let character = peek(), character.isLetter || character.isNumber || character == "_" || character == "$" {
      text.append(character)
      advance()
    }
    if text.lowercased() == "e", peek() == "'" {
      quoted(by: "'", escapes: true) { _ in "'" }
    } else {
      add(text.lowercased())
    }
  }
}
