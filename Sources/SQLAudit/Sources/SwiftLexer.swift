/// Takes a Swift source apart into words, signs and literals, as the language does: raw strings, strings over several lines,
/// interpolations within interpolations, comments within comments, regex literals.
struct SwiftLexer {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var lineHasCode = false
  private(set) var comments: [SourceComment] = []

  private init(_ text: String) { bytes = Array(text.utf8) }

  static func read(_ text: String) -> (tokens: [SwiftToken], comments: [SourceComment]) {
    var lexer = SwiftLexer(text)
    let tokens = lexer.tokens(untilClosing: false)
    return (tokens, lexer.comments)
  }

  private func peek(_ offset: Int = 0) -> UInt8 { position + offset < bytes.count ? bytes[position + offset] : 0 }

  private func isAt(_ text: StaticString) -> Bool {
    guard position + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { buffer in (0..<buffer.count).allSatisfy { bytes[position + $0] == buffer[$0] } }
  }

  private mutating func advance() {
    if bytes[position] == 0x0A {
      line += 1
      lineHasCode = false
    }
    position += 1
  }

  private mutating func tokens(untilClosing: Bool) -> [SwiftToken] {
    var tokens: [SwiftToken] = []
    var depth = 0
    while position < bytes.count {
      let byte = peek()
      if byte <= 0x20 {
        advance()
      } else if isAt("//") {
        lineComment()
      } else if isAt("/*") {
        blockComment()
      } else {
        lineHasCode = true
        if untilClosing, byte == UInt8(ascii: ")"), depth == 0 {
          position += 1
          return tokens
        }
        let token = token(after: tokens.last)
        if token.kind == .open { depth += 1 }
        if token.kind == .close { depth -= 1 }
        tokens.append(token)
      }
    }
    return tokens
  }

  private mutating func token(after previous: SwiftToken?) -> SwiftToken {
    let byte = peek()
    let start = position
    let startLine = line
    if let hashes = literalHashes() { return literal(hashes) }
    if isAt("#/") || (byte == UInt8(ascii: "/") && mayBeRegex(after: previous)), regex() {
      return SwiftToken(.regex, "", line: startLine, endLine: line)
    }
    if Self.isWord(byte) {
      while position < bytes.count, Self.isWord(peek()) { position += 1 }
      let text = String(decoding: bytes[start..<position], as: UTF8.self)
      return SwiftToken((0x30...0x39).contains(byte) ? .number : .word, text, line: startLine)
    }
    position += 1
    if "([{".utf8.contains(byte) { return SwiftToken(.open, sign(byte), line: startLine) }
    if ")]}".utf8.contains(byte) { return SwiftToken(.close, sign(byte), line: startLine) }
    if Self.isOperator(byte) {
      while position < bytes.count, Self.isOperator(peek()), !isAt("//"), !isAt("/*") { position += 1 }
    }
    return SwiftToken(.sign, String(decoding: bytes[start..<position], as: UTF8.self), line: startLine)
  }

  private func sign(_ byte: UInt8) -> String { String(decoding: [byte], as: UTF8.self) }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F || byte >= 0x80
      || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "`")
  }

  private static func isOperator(_ byte: UInt8) -> Bool { "+-*/=<>!&|^~%?".utf8.contains(byte) }

  // MARK: Comments

  private mutating func lineComment() {
    let start = position
    while position < bytes.count, peek() != 0x0A { position += 1 }
    comments.append(SourceComment(line: line, text: String(decoding: bytes[start..<position], as: UTF8.self), isAlone: !lineHasCode))
  }

  private mutating func blockComment() {
    var depth = 0
    var start = position
    while position < bytes.count {
      if isAt("/*") || isAt("*/") {
        depth += isAt("/*") ? 1 : -1
        position += 2
        if depth == 0 { break }
      } else if peek() == 0x0A {
        comments.append(SourceComment(line: line, text: String(decoding: bytes[start..<position], as: UTF8.self), isAlone: !lineHasCode))
        advance()
        start = position
      } else {
        position += 1
      }
    }
    comments.append(SourceComment(line: line, text: String(decoding: bytes[start..<position], as: UTF8.self), isAlone: !lineHasCode))
  }

  // MARK: Regular expressions

  private func mayBeRegex(after previous: SwiftToken?) -> Bool {
    let next = peek(1)
    guard next > 0x20, next != UInt8(ascii: "="), next != UInt8(ascii: ")") else { return false }
    guard let previous else { return true }
    switch previous.kind {
    case .sign, .open: return true
    case .word: return ["return", "in", "case", "where", "try", "await", "else"].contains(previous.text)
    case .close, .number, .literal, .regex: return false
    }
  }

  /// - Returns: false, having read nothing, where no regular expression ends.
  private mutating func regex() -> Bool {
    let start = (position, line)
    let isExtended = peek() == UInt8(ascii: "#")
    position += isExtended ? 2 : 1
    while position < bytes.count {
      if peek() == UInt8(ascii: "\\") {
        position += 2
      } else if isExtended ? isAt("/#") : peek() == UInt8(ascii: "/") {
        position += isExtended ? 2 : 1
        return true
      } else if peek() == 0x0A {
        guard isExtended else { break }
        advance()
      } else {
        position += 1
      }
    }
    (position, line) = start
    return false
  }

  // MARK: Text literals

  /// How many `#` stand before the quote; nil where there is no literal.
  private func literalHashes() -> Int? {
    var hashes = 0
    while peek(hashes) == UInt8(ascii: "#") { hashes += 1 }
    return peek(hashes) == UInt8(ascii: "\"") ? hashes : nil
  }

  private mutating func literal(_ hashes: Int) -> SwiftToken {
    let startLine = line
    position += hashes
    let quotes = isAt("\"\"\"") ? 3 : 1
    position += quotes
    var parts: [SwiftLiteralPart] = []
    var text: [UInt8] = []
    while position < bytes.count {
      if isEnd(quotes, hashes) {
        position += quotes + hashes
        break
      }
      if peek() == UInt8(ascii: "\\"), isEscape(hashes) {
        position += 1 + hashes
        if peek() == UInt8(ascii: "(") {
          position += 1
          parts.append(.text(String(decoding: text, as: UTF8.self)))
          text = []
          parts.append(.code(tokens(untilClosing: true)))
        } else {
          text.append(contentsOf: escaped())
        }
        continue
      }
      // A literal of one line that doesn't end on it is no Swift; what follows is read as code again.
      if peek() == 0x0A, quotes == 1 { break }
      text.append(peek())
      advance()
    }
    parts.append(.text(String(decoding: text, as: UTF8.self)))
    lineHasCode = true
    return SwiftToken(.literal, "", line: startLine, endLine: line, parts: parts)
  }

  private func isEnd(_ quotes: Int, _ hashes: Int) -> Bool {
    (0..<quotes).allSatisfy { peek($0) == UInt8(ascii: "\"") } && (0..<hashes).allSatisfy { peek(quotes + $0) == UInt8(ascii: "#") }
  }

  private func isEscape(_ hashes: Int) -> Bool { (0..<hashes).allSatisfy { peek(1 + $0) == UInt8(ascii: "#") } }

  private mutating func escaped() -> [UInt8] {
    let sign = peek()
    guard position < bytes.count else { return [] }
    advance()
    switch sign {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "0"): return []
    // A line that goes on in the next one.
    case 0x0A: return [0x20]
    case UInt8(ascii: "u"):
      while position < bytes.count, peek() != UInt8(ascii: "}"), peek() != 0x0A { position += 1 }
      position = min(position + 1, bytes.count)
      return [UInt8(ascii: "?")]
    default: return [sign]
    }
  }
}
