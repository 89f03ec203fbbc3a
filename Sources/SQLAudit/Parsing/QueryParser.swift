internal import CPgQuery

/// PostgreSQL's own parser.
enum QueryParser {
  static func parse(_ text: String) throws(QueryParseFault) -> [ParsedStatement] {
    let result = pg_query_parse(text)
    defer { pg_query_free_parse_result(result) }
    try check(result.error)
    guard let printed = result.parse_tree, let tree = ParseTreeReader.read(String(cString: printed)) else { throw unreadable }
    return (tree["stmts"]?.items ?? []).compactMap { entry in
      guard let (kind, body) = entry["stmt"]?.tagged else { return nil }
      return ParsedStatement(
        kind: kind, body: body, start: entry["stmt_location"]?.number ?? 0, length: entry["stmt_len"]?.number)
    }
  }

  /// The functions and DO blocks of a text, as trees of PL/pgSQL statements.
  static func parseRoutine(_ text: String) throws(QueryParseFault) -> ParseNode {
    let result = pg_query_parse_plpgsql(text)
    defer { pg_query_free_plpgsql_parse_result(result) }
    try check(result.error)
    guard let printed = result.plpgsql_funcs, let tree = ParseTreeReader.read(String(cString: printed)) else { throw unreadable }
    return tree
  }

  private static func check(_ error: UnsafeMutablePointer<PgQueryError>?) throws(QueryParseFault) {
    guard let error = error?.pointee else { return }
    throw QueryParseFault(message: error.message.map { String(cString: $0) } ?? "unknown", position: Int(error.cursorpos))
  }

  private static let unreadable = QueryParseFault(message: "the parser's tree can't be read", position: 0)
}
