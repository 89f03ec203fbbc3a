/// Tells text that is SQL from text that isn't, before a parser is asked.
enum SQLWords {
  enum Likeness { case none, possible, certain }

  static func likeness(_ text: String) -> Likeness {
    let words = self.words(text)
    guard let first = words.first else { return .none }
    if hasStatement(words) { return .certain }
    return verbs.contains(first.uppercased()) ? .possible : .none
  }

  /// What stands behind an upper-case keyword that a table follows.
  static func tables(_ text: String) -> [TableName] {
    let words = words(text)
    return words.indices.dropLast().filter { ["FROM", "JOIN", "INTO", "UPDATE"].contains(words[$0]) }.compactMap { index in
      let names = words[index + 1].split(separator: ".").map(String.init)
      return (1...2).contains(names.count) ? TableName(schema: names.count == 2 ? names[0] : nil, name: names[names.count - 1]) : nil
    }
  }

  /// Words; a name keeps its dots.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    func close() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word = []
    }
    for byte in text.utf8 {
      if (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F || byte == 0x2E {
        word.append(byte)
      } else {
        close()
      }
    }
    close()
    return words
  }

  /// Upper-case keywords in an order that only statements have, anywhere in the text; or any table of ours behind one.
  private static func hasStatement(_ words: [String]) -> Bool {
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : ""
      switch word {
      case "INSERT", "MERGE": if next == "INTO" { return true }
      case "DELETE": if next == "FROM" { return true }
      case "UPDATE": if index + 2 < words.count, words[(index + 2)...].prefix(4).contains("SET") { return true }
      case "SELECT": if words[(index + 1)...].contains("FROM") { return true }
      case "FROM", "JOIN", "INTO", "TABLE", "USING", "ONLY":
        if schemas.contains(where: { next.hasPrefix($0) }) { return true }
      default: break
      }
    }
    return false
  }

  private static let schemas = ["cordon.", "wallet.", "security.", "authz.", "governance.", "evidence."]

  private static let verbs: Set<String> = [
    "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "MERGE", "COPY", "TRUNCATE", "VALUES", "TABLE", "EXPLAIN", "DO", "CREATE", "ALTER",
    "BEGIN", "SET", "RESET", "START", "COMMIT", "ROLLBACK", "PREPARE", "EXECUTE", "DECLARE", "FETCH", "LOCK", "CALL", "GRANT", "REVOKE",
    "DROP",
    "SAVEPOINT",
  ]
}
