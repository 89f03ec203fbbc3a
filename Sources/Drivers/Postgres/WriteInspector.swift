internal import Synchronization

/// Stands between the transactions of a database and its gate: it knows what statements write, so that no caller can forget to ask.
final class WriteInspector: Sendable {
  /// More texts than our sources have; text that is made at run time must not fill the memory.
  private static let textsMax = 4096

  private let gate: any WriteGate
  private let known = Mutex<[String: [String]]>([:])

  init(gate: any WriteGate) { self.gate = gate }

  func admit(_ statements: [SQL]) async throws(PostgresError) {
    var tables: [String] = []
    for statement in statements {
      for table in written(by: statement.text) where !tables.contains(table) { tables.append(table) }
    }
    try await admit(tables)
  }

  func admit(_ tables: [String]) async throws(PostgresError) {
    if !tables.isEmpty { try await gate.admit(writesTo: tables) }
  }

  private func written(by text: String) -> [String] {
    if let tables = known.withLock({ $0[text] }) { return tables }
    let tables = WrittenTables.names(in: text)
    known.withLock { known in
      if known.count < Self.textsMax { known[text] = tables }
    }
    return tables
  }
}
