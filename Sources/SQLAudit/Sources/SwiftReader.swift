/// Finds the SQL of a Swift file: every text literal with what stands beside it, wherever it is handed to.
struct SwiftReader {
  private let source: SwiftSource
  /// Constants of other files of the folder, by their names.
  private let neighbours: [String: [[PassagePiece]]]
  /// Names that literals of the folder splice in.
  private let spliced: Set<String>
  private let isTest: Bool
  private var outline: SwiftOutline { source.outline }
  private var tokens: [SwiftToken] { source.outline.tokens }

  init(_ source: SwiftSource, neighbours: [String: [[PassagePiece]]] = [:], spliced: Set<String> = [], isTest: Bool) {
    self.source = source
    self.spliced = spliced
    self.neighbours = neighbours
    self.isTest = isTest
  }

  // MARK: Passages

  func passages() -> [SQLPassage] {
    var taken: Set<Int> = partsOfOthers
    var found: [(head: Int, range: Range<Int>, passage: SQLPassage)] = []
    for index in tokens.indices where tokens[index].kind == .literal && !taken.contains(index) && !isAttribute(index) {
      let range = expression(around: index)
      taken.formUnion(range.filter { tokens[$0].kind == .literal })
      let pieces = pieces(of: range, depth: 0)
      found.append(
        (index, range, SQLPassage(path: source.path, line: tokens[index].line, pieces: pieces, marker: nil, isForSQL: isForSQL(index))))
      found += nested(in: range)
    }
    return marked(found)
  }

  /// Literals that are judged where they are spliced in.
  private var partsOfOthers: Set<Int> {
    let fragments = source.fragments.filter { $0.isSQL && spliced.contains($0.name) }
    let arguments = fragments.flatMap { fragment in fragment.arguments.flatMap { range in range.filter { tokens[$0].kind == .literal } } }
    return Set(fragments.flatMap(\.literals) + arguments)
  }

  private func marked(_ found: [(head: Int, range: Range<Int>, passage: SQLPassage)]) -> [SQLPassage] {
    let statements = found.map { outline.statementStart($0.head) }
    let candidates = zip(found, statements).filter { SQLWords.likeness($0.0.passage.ownText) != .none }
    let inStatement = Dictionary(candidates.map { ($0.1, 1) }, uniquingKeysWith: +)
    let onLine = Dictionary(candidates.map { ($0.0.passage.line, 1) }, uniquingKeysWith: +)
    return zip(found, statements).map { entry, start in
      let marker = self.marker(
        entry.head, statement: start, isAloneOnLine: onLine[entry.passage.line, default: 0] <= 1,
        isOnly: inStatement[start, default: 0] <= 1)
      let passage = entry.passage
      return SQLPassage(
        path: passage.path, line: passage.line, pieces: passage.pieces, marker: marker, isForSQL: passage.isForSQL)
    }
  }

  /// Literals within interpolations, by themselves.
  private func nested(in range: Range<Int>) -> [(head: Int, range: Range<Int>, passage: SQLPassage)] {
    range.flatMap { index in
      literals(within: tokens[index]).map { literal in
        let passage = SQLPassage(
          path: source.path, line: literal.line, pieces: Self.plain(literal), marker: nil, isForSQL: false)
        return (index, range, passage)
      }
    }
  }

  private func literals(within token: SwiftToken) -> [SwiftToken] {
    token.parts.flatMap { part -> [SwiftToken] in
      guard case .code(let code) = part else { return [] }
      return code.flatMap { ($0.kind == .literal ? [$0] : []) + literals(within: $0) }
    }
  }

  private static func plain(_ literal: SwiftToken) -> [PassagePiece] {
    literal.parts.map { part in
      switch part {
      case .text(let text): .text(text)
      case .code: .value(name: "")
      }
    }
  }

  /// A literal that an attribute has: the name of a test.
  private func isAttribute(_ index: Int) -> Bool {
    guard let open = outline.opener[index], open >= 2, tokens[open].text == "(" else { return false }
    return tokens[open - 2].text == "@"
  }

  private static let consumers: Set<String> = ["query", "execute", "SQL", "psql", "command", "rows", "value", "answer", "answers"]

  private func isForSQL(_ index: Int) -> Bool {
    guard let open = outline.opener[index], open > 0, tokens[open].text == "(" else { return false }
    return Self.consumers.contains(tokens[open - 1].text)
  }

  // MARK: Markers

  /// A marker excuses one statement. In tests it may also stand above a declaration, for everything in it.
  private func marker(_ index: Int, statement start: Int, isAloneOnLine: Bool, isOnly: Bool) -> BrandMarker? {
    let line = tokens[index].line
    if isAloneOnLine, let marker = source.marker(above: line) ?? source.marker(on: line) { return marker }
    if isOnly, let marker = source.marker(above: tokens[start].line) ?? source.marker(on: tokens[start].line) { return marker }
    guard isTest else { return nil }
    var open = outline.opener[index]
    while let current = open {
      if let marker = source.marker(above: tokens[outline.statementStart(current)].line) { return marker }
      open = outline.opener[current]
    }
    return source.marker(above: tokens[start].line)
  }

  // MARK: Expressions

  /// The literal and what is added to it: `"SELECT …" + filter + " LIMIT 1"`.
  private func expression(around index: Int) -> Range<Int> {
    var end = operandEnd(index)
    var hasSum = false
    while end < tokens.count, tokens[end].text == "+", end + 1 < tokens.count {
      hasSum = true
      end = operandEnd(end + 1)
    }
    var start = index
    while start > 1, tokens[start - 1].text == "+", let operand = operandStart(start - 2) {
      hasSum = true
      start = operand
    }
    return hasSum ? start..<end : index..<(index + 1)
  }

  private func operandEnd(_ index: Int) -> Int {
    var end = index
    while end < tokens.count {
      if tokens[end].kind == .open { end = outline.closer[end] ?? end }
      end += 1
      guard end < tokens.count, tokens[end].text == "." || tokens[end].text == "(" || tokens[end].text == "[" || tokens[end - 1].text == "."
      else { break }
      if tokens[end].kind == .open, tokens[end].line > tokens[end - 1].endLine { break }
    }
    return end
  }

  private func operandStart(_ index: Int) -> Int? {
    guard index >= 0, [.word, .literal, .close].contains(tokens[index].kind) else { return nil }
    var start = index
    while start > 0, tokens[start].kind == .close || tokens[start - 1].text == "." || tokens[start].text == "." {
      if tokens[start].kind == .close {
        guard let open = outline.opening[start] else { return nil }
        // A call's name belongs to it; a group stands alone.
        start = open > 0 && tokens[open - 1].kind == .word ? open - 1 : open
        if tokens[start].kind == .open { return start }
      } else {
        start -= 1
      }
    }
    return start
  }

  private func pieces(of range: Range<Int>, depth: Int) -> [PassagePiece] {
    var pieces: [PassagePiece] = []
    var operand: [SwiftToken] = []
    var place = range.lowerBound
    func close() {
      if operand.isEmpty { return }
      if operand.count == 1, operand[0].kind == .literal {
        pieces += self.pieces(of: operand[0], at: place, depth: depth)
      } else {
        pieces.append(splice(operand, at: place, depth: depth, isText: true))
      }
      operand = []
    }
    var level = 0
    for index in range {
      let token = tokens[index]
      if token.kind == .open { level += 1 }
      if token.kind == .close { level -= 1 }
      if token.text == "+", level == 0 {
        close()
        place = index + 1
      } else {
        operand.append(token)
      }
    }
    close()
    return pieces
  }

  private func pieces(of literal: SwiftToken, at place: Int, depth: Int) -> [PassagePiece] {
    literal.parts.map { part in
      switch part {
      case .text(let text): .text(text)
      case .code(let code): interpolation(code, at: place, depth: depth)
      }
    }
  }

  private func interpolation(_ code: [SwiftToken], at place: Int, depth: Int) -> PassagePiece {
    if code.count >= 2, code[0].text == "unsafe", code[1].text == ":" {
      return splice(Array(code.dropFirst(2)), at: place, depth: depth, isText: true)
    }
    return splice(code, at: place, depth: depth, isText: false)
  }

  /// What a name in the place of text stands for. - Parameter isText: it is text even where nothing is known of the name.
  private func splice(_ code: [SwiftToken], at place: Int, depth: Int, isText: Bool) -> PassagePiece {
    let name = Self.name(code)
    let shown = code.map(\.text).joined()
    if code.count == 1, code[0].kind == .literal { return .splice(name: shown, alternatives: [Self.plain(code[0])]) }
    guard let name, depth < 6 else { return isText ? .splice(name: shown, alternatives: []) : .value(name: shown) }
    let own = source.fragments.filter { $0.name == name }
    if let fragment = own.last(where: { $0.place < place }) ?? own.first, fragment.isSQL || isText {
      let alternatives = alternatives(of: fragment, depth: depth + 1)
      return .splice(name: shown, alternatives: alternatives)
    }
    if let known = neighbours[name] { return .splice(name: shown, alternatives: known) }
    return isText ? .splice(name: shown, alternatives: []) : .value(name: shown)
  }

  private func alternatives(of fragment: SwiftFragment, depth: Int) -> [[PassagePiece]] {
    let literals = fragment.literals.map { pieces(of: expression(around: $0), depth: depth) }
    let arguments = fragment.arguments.map { range -> [PassagePiece] in
      if tokens[range].contains(where: { $0.kind == .literal }), range.count == expression(around: range.lowerBound).count {
        return pieces(of: range, depth: depth)
      }
      return [splice(Array(tokens[range]), at: range.lowerBound, depth: depth, isText: true)]
    }
    return literals + arguments
  }

  /// The name that yields the value: `columns`, `Self.columns`, `source(brand)`. A member of a value (`keys.columns`) is another thing.
  private static func name(_ code: [SwiftToken]) -> String? {
    var names: [String] = []
    var depth = 0
    for token in code {
      if token.kind == .open { depth += 1 }
      if token.kind == .close { depth -= 1 }
      if depth == 0, token.kind == .word { names.append(token.text) }
      if depth == 0, token.kind == .sign, token.text != "." { return nil }
    }
    guard let last = names.last, names.count == 1 || names[0] == "self" || names[0].first?.isUppercase == true else { return nil }
    return last
  }

  /// The names that literals of this file splice in.
  func splicedNames() -> Set<String> { Set(tokens.flatMap(Self.splicedNames)) }

  private static func splicedNames(_ token: SwiftToken) -> [String] {
    token.parts.flatMap { part -> [String] in
      guard case .code(let code) = part else { return [] }
      let inner = code.count >= 2 && code[1].text == ":" ? Array(code.dropFirst(2)) : code
      return [name(inner)].compactMap { $0 } + code.flatMap(splicedNames)
    }
  }

  /// The static constants of the file that are SQL, for the other files of its folder.
  func constants() -> [String: [[PassagePiece]]] {
    var constants: [String: [[PassagePiece]]] = [:]
    // A parameter's name means something only where it is declared.
    for fragment in source.fragments where fragment.isSQL && !fragment.literals.isEmpty && fragment.arguments.isEmpty {
      constants[fragment.name, default: []] += fragment.literals.map { pieces(of: expression(around: $0), depth: 1) }
    }
    return constants
  }

  // MARK: Statements that calls build

  private static let builders: [String: StatementKind] = ["insert": .insert, "update": .update, "delete": .delete, "select": .select]

  /// `insert(into: "player", …)`, `update("player")`, `delete(from: "cordon.player")`.
  func built() -> [BuiltStatement] {
    tokens.indices.compactMap { index in
      guard tokens[index].kind == .word, let kind = Self.builders[tokens[index].text], index + 1 < tokens.count,
        tokens[index + 1].text == "(",
        let close = outline.closer[index + 1]
      else { return nil }
      let arguments = Array(tokens[(index + 2)..<close])
      let first =
        arguments.first?.kind == .word && arguments.dropFirst().first?.text == ":" ? arguments.dropFirst(2).first : arguments.first
      guard let first, first.kind == .literal, let table = TableName(literal: first) else { return nil }
      let start = outline.statementStart(index)
      let statement = tokens[index..<max(close, outline.statementEnd(start))]
      return BuiltStatement(
        path: source.path, line: tokens[index].line, kind: kind, table: table, namesBrand: statement.contains(where: Self.isBrand),
        marker: marker(index, statement: start, isAloneOnLine: true, isOnly: true))
    }
  }

  private static func isBrand(_ token: SwiftToken) -> Bool {
    if token.kind == .literal {
      return token.parts.contains { if case .text(let text) = $0 { text.contains(BrandInventory.brandColumn) } else { false } }
    }
    return token.text == BrandInventory.brandColumn || token.text == "brandID"
  }
}

extension TableName {
  /// From a literal that is nothing but a table's name.
  fileprivate init?(literal: SwiftToken) {
    guard literal.parts.count == 1, case .text(let text) = literal.parts[0] else { return nil }
    let names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(names.count), names.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } })
    else { return nil }
    self.init(schema: names.count == 2 ? names[0] : nil, name: names[names.count - 1])
  }
}
