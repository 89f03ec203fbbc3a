/// Finds SQL in shell scripts and makefiles: in quotes of either kind and in here-documents, with the shell's own variables.
struct ShellReader {
  private let path: String
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var comments: [Int: SourceComment] = [:]
  private var found: [SQLPassage] = []
  /// Ends of the here-documents that begin on the next line.
  private var documents: [(end: String, isPlain: Bool)] = []
  private var lineHasCode = false

  private init(path: String, text: String) {
    self.path = path
    bytes = Array(text.utf8)
  }

  static func passages(path: String, text: String) -> [SQLPassage] {
    var reader = ShellReader(path: path, text: text)
    reader.run()
    return reader.found
  }

  private func peek(_ offset: Int = 0) -> UInt8 { position + offset < bytes.count ? bytes[position + offset] : 0 }

  private mutating func run() {
    while position < bytes.count {
      switch peek() {
      case UInt8(ascii: "\\"): position += 2
      case UInt8(ascii: "'"): quoted()
      case UInt8(ascii: "\""): doubleQuoted()
      case UInt8(ascii: "#") where position == 0 || bytes[position - 1] <= 0x20: comment()
      case UInt8(ascii: "<") where peek(1) == UInt8(ascii: "<") && peek(2) != UInt8(ascii: "<"): announce()
      case 0x0A: newline()
      default:
        if peek() > 0x20 { lineHasCode = true }
        position += 1
      }
    }
  }

  private mutating func newline() {
    position += 1
    line += 1
    lineHasCode = false
    for document in documents { read(document) }
    documents = []
  }

  private mutating func comment() {
    let start = position
    while position < bytes.count, peek() != 0x0A { position += 1 }
    comments[line] = SourceComment(line: line, text: String(decoding: bytes[start..<position], as: UTF8.self), isAlone: !lineHasCode)
  }

  private mutating func quoted() {
    let start = line
    position += 1
    let text = plain { $0 == UInt8(ascii: "'") }
    position += 1
    add([.text(text)], line: start)
  }

  private mutating func plain(until end: (UInt8) -> Bool) -> String {
    let start = position
    while position < bytes.count, !end(peek()) {
      if peek() == 0x0A { line += 1 }
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func doubleQuoted() {
    let start = line
    position += 1
    let pieces = expanded { $0.peek() == UInt8(ascii: "\"") }
    position += 1
    add(pieces, line: start)
  }

  /// Text in which the shell replaces `$name`, `${name}`, `$(command)`.
  private mutating func expanded(until isEnd: (ShellReader) -> Bool) -> [PassagePiece] {
    var pieces: [PassagePiece] = []
    var text: [UInt8] = []
    while position < bytes.count, !isEnd(self) {
      if peek() == UInt8(ascii: "\\") {
        if peek(1) != 0x0A { text.append(peek(1)) } else { line += 1 }
        position += 2
      } else if peek() == UInt8(ascii: "$"), let name = variable() {
        pieces += [.text(String(decoding: text, as: UTF8.self)), .value(name: name)]
        text = []
      } else {
        if peek() == 0x0A { line += 1 }
        text.append(peek())
        position += 1
      }
    }
    return pieces + [.text(String(decoding: text, as: UTF8.self))]
  }

  private mutating func variable() -> String? {
    let next = peek(1)
    if next == UInt8(ascii: "(") || next == UInt8(ascii: "{") { return nested() }
    var end = position + 1
    // `$$` is how a makefile writes one `$`.
    if next == UInt8(ascii: "$") { end += 1 }
    let start = end
    while end < bytes.count, isName(bytes[end]) { end += 1 }
    guard end > start else { return nil }
    position = end
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private func isName(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
  }

  private mutating func nested() -> String {
    let start = position
    var depth = 0
    while position < bytes.count {
      let byte = peek()
      if byte == 0x0A { line += 1 }
      if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "}") { depth -= 1 }
      position += 1
      if depth == 0, position > start + 1 { break }
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  // MARK: Here-documents

  private mutating func announce() {
    position += 2
    if peek() == UInt8(ascii: "-") { position += 1 }
    while peek() == 0x20 { position += 1 }
    let isPlain = peek() == UInt8(ascii: "'") || peek() == UInt8(ascii: "\"")
    if isPlain { position += 1 }
    let start = position
    while position < bytes.count, isName(peek()) { position += 1 }
    let end = String(decoding: bytes[start..<position], as: UTF8.self)
    if isPlain { position += 1 }
    if !end.isEmpty { documents.append((end, isPlain)) }
  }

  private mutating func read(_ document: (end: String, isPlain: Bool)) {
    let start = line
    let end = Array(document.end.utf8)
    func isEnd(_ reader: ShellReader) -> Bool {
      guard reader.position == 0 || reader.bytes[reader.position - 1] == 0x0A || reader.bytes[reader.position - 1] == 0x09 else {
        return false
      }
      let after = reader.position + end.count
      return reader.bytes[reader.position...].starts(with: end) && (after >= reader.bytes.count || reader.bytes[after] == 0x0A)
    }
    if document.isPlain {
      var text: [UInt8] = []
      while position < bytes.count, !isEnd(self) {
        if peek() == 0x0A { line += 1 }
        text.append(peek())
        position += 1
      }
      add([.text(String(decoding: text, as: UTF8.self))], line: start)
    } else {
      add(expanded(until: isEnd), line: start)
    }
  }

  private mutating func add(_ pieces: [PassagePiece], line start: Int) {
    lineHasCode = true
    found.append(SQLPassage(path: path, line: start, pieces: pieces, marker: marker(above: start), isForSQL: false))
  }

  private func marker(above line: Int) -> BrandMarker? {
    var line = line - 1
    while let comment = comments[line], comment.isAlone {
      if let marker = BrandMarker(comment: comment.text) { return marker }
      line -= 1
    }
    return nil
  }
}
