/// The static rules of migration files, checked without a database.
enum MigrationChecks {
  static func problems(_ migrations: [Migration]) -> [MigrationProblem] {
    var problems: [MigrationProblem] = []
    let commented = Set(migrations.flatMap { commentedTables(SQLScanner.scan($0.up).statements) })
    for migration in migrations {
      problems += fileProblems(migration.up, file: migration.label + ".sql")
      problems += uncommented(migration, commented)
      if let down = migration.down { problems += fileProblems(down, file: migration.label + ".down.sql") }
    }
    return problems
  }

  private static func fileProblems(_ text: String, file: String) -> [MigrationProblem] {
    let (statements, unterminated) = SQLScanner.scan(text)
    if let unterminated { return [MigrationProblem(file: file, line: unterminated, problem: "a quote or comment doesn't end")] }
    if statements.isEmpty { return [MigrationProblem(file: file, line: nil, problem: "there is no statement in it")] }
    return statements.compactMap { statement in
      refusal(of: statement.words).map { MigrationProblem(file: file, line: statement.line, problem: $0) }
    }
  }

  /// The runner puts each file into one transaction, and the next file into the same session.
  private static func refusal(of words: [String]) -> String? {
    let second = words.count > 1 ? words[1] : ""
    switch words.first {
    case "begin", "commit", "end", "rollback", "abort", "savepoint", "release": return transactionRefusal(words[0])
    case "start" where second == "transaction", "prepare" where second == "transaction":
      return transactionRefusal(words[0] + " transaction")
    case "set" where !["local", "constraints"].contains(second): return "SET lasts beyond the file; use SET LOCAL"
    case "vacuum": return "VACUUM can't run inside a transaction"
    case "create" where words.contains("concurrently"), "drop" where words.contains("concurrently"),
      "reindex" where words.contains("concurrently"):
      return "CONCURRENTLY can't run inside a transaction"
    case "copy" where words.contains("stdin"): return "COPY FROM STDIN has no input here"
    case "\\": return "psql's own commands are not SQL"
    default: return nil
    }
  }

  private static func transactionRefusal(_ words: String) -> String {
    "\(words.uppercased()) would end or nest the transaction that the file runs in"
  }

  // MARK: Comments

  /// Every table says what it is for, in its own file or a later one.
  private static func uncommented(_ migration: Migration, _ commented: Set<String>) -> [MigrationProblem] {
    SQLScanner.scan(migration.up).statements.compactMap { statement in
      guard let table = createdTable(statement.words), !commented.contains(table) else { return nil }
      return MigrationProblem(
        file: migration.label + ".sql", line: statement.line, problem: "table \(table) has no COMMENT ON TABLE")
    }
  }

  /// Nil for what isn't CREATE TABLE; temporary tables and partitions need no comment.
  private static func createdTable(_ words: [String]) -> String? {
    guard words.first == "create" else { return nil }
    var rest = words.dropFirst()
    if rest.first == "unlogged" { rest = rest.dropFirst() }
    guard rest.first == "table" else { return nil }
    rest = rest.dropFirst()
    if rest.starts(with: ["if", "not", "exists"]) { rest = rest.dropFirst(3) }
    let table = name(rest)
    return rest.dropFirst(table.count == 2 ? 3 : 1).starts(with: ["partition", "of"]) ? nil : table.joined(separator: ".")
  }

  private static func commentedTables(_ statements: [SQLScanner.Statement]) -> [String] {
    statements.compactMap { statement in
      guard statement.words.starts(with: ["comment", "on", "table"]) else { return nil }
      return name(statement.words.dropFirst(3)).joined(separator: ".")
    }
  }

  /// `schema.table` or `table`, one or two parts.
  private static func name(_ words: ArraySlice<String>) -> [String] {
    guard let first = words.first else { return [] }
    guard words.dropFirst().first == ".", let second = words.dropFirst(2).first else { return [first] }
    return [first, second]
  }
}
