/// Reads what the bodies of functions and DO blocks do.
struct RoutineReader {
  private let bodyLine: Int
  private var found: [RoutineStatement] = []

  /// - Parameter text: the whole statement that makes the function.
  static func statements(of statement: ParsedStatement, text: String) throws(QueryParseFault) -> [RoutineStatement] {
    let options = statement.body[statement.kind == "DoStmt" ? "args" : "options"]?.items.compactMap { $0["DefElem"] } ?? []
    let language = options.first { $0["defname"]?.text == "language" }?["arg"]?.string ?? (statement.kind == "DoStmt" ? "plpgsql" : "sql")
    let source = options.first { $0["defname"]?.text == "as" }?["arg"]
    let body = source?.string ?? source?.listed.first?.string ?? ""
    // libpg_query ends the process over a function without a body.
    if body.isEmpty { return [] }
    let line = lineOfBody(body, in: text)
    switch language.lowercased() {
    case "sql": return try sql(body, from: line)
    case "plpgsql":
      var reader = RoutineReader(bodyLine: line)
      reader.walk(try QueryParser.parseRoutine(text), line: 1)
      return reader.found
    default: return []
    }
  }

  private static func sql(_ body: String, from line: Int) throws(QueryParseFault) -> [RoutineStatement] {
    try QueryParser.parse(body).map { statement in
      let text = Self.text(of: statement, in: body)
      let skipped = body.utf8.prefix(statement.start).count { $0 == 0x0A } + text.utf8.prefix { $0 <= 0x20 }.count { $0 == 0x0A }
      return RoutineStatement(text: text, line: line + skipped, isDynamic: false)
    }
  }

  static func text(of statement: ParsedStatement, in text: String) -> String {
    let bytes = text.utf8.dropFirst(statement.start)
    return String(decoding: statement.length.map { bytes.prefix($0) } ?? bytes, as: UTF8.self)
  }

  private static func lineOfBody(_ body: String, in text: String) -> Int {
    guard !body.isEmpty, let range = text.range(of: body) else { return 1 }
    return 1 + text[..<range.lowerBound].utf8.count { $0 == 0x0A }
  }

  private static let dynamicKinds: Set<String> = ["PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors"]

  private mutating func walk(_ node: ParseNode, line: Int, kind: String = "") {
    let line = node["lineno"]?.number ?? line
    guard case .node(let members) = node else {
      for child in node.children { walk(child, line: line) }
      return
    }
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      if let query = value["PLpgSQL_expr"]?["query"]?.text {
        add(query, line: line, isDynamic: name == "dynquery" || (name == "query" && Self.dynamicKinds.contains(kind)), kind)
      } else {
        walk(value, line: line, kind: name)
      }
    }
  }

  private mutating func add(_ query: String, line: Int, isDynamic: Bool, _ kind: String) {
    var text = query
    // `target := expression`: what is assigned can hold a query.
    if kind == "PLpgSQL_stmt_assign", let equals = text.firstIndex(of: "=") { text = String(text[text.index(after: equals)...]) }
    let isStatement = SQLWords.likeness(text) != .none && (try? QueryParser.parse(text)) != nil
    found.append(RoutineStatement(text: isStatement ? text : "SELECT (\(text))", line: bodyLine + line - 1, isDynamic: isDynamic))
  }
}
