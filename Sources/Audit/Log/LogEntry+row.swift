internal import Evidence
internal import Kernel
internal import Postgres

extension LogEntry {
  /// A row with every column of the ledger's layout, JSON as text, and its `row_hash`.
  init(row: Row, of ledger: Ledger) throws {
    let layout = LedgerLayout.of(ledger)
    var values: [LedgerValue] = []
    for column in layout.columns { values.append(try Self.value(of: column, row)) }
    self.init(
      seq: try row.get("seq"), previous: try Self.hash("prev_hash", row), claimed: try Self.hash("row_hash", row),
      createdAt: try row.get("created_at"), bytes: try layout.bytes(of: values))
  }

  private static func value(of column: LedgerColumn, _ row: Row) throws(PostgresError) -> LedgerValue {
    switch column.kind {
    case .integer: try row.getOptional(column.name, as: Int64.self).map { .integer($0) } ?? .absent
    case .timestamp: try row.getOptional(column.name, as: Timestamp.self).map { .integer($0.microseconds) } ?? .absent
    case .text, .json: try row.getOptional(column.name, as: String.self).map { .text($0) } ?? .absent
    case .uuid, .digest: try row.getOptional(column.name, as: [UInt8].self).map { .bytes($0) } ?? .absent
    }
  }

  private static func hash(_ column: String, _ row: Row) throws(PostgresError) -> LedgerHash {
    guard let hash = LedgerHash(try row.get(column, as: [UInt8].self)) else {
      throw PostgresError(.decoding, "\(column) is not 32 bytes", operation: "read a ledger")
    }
    return hash
  }
}
