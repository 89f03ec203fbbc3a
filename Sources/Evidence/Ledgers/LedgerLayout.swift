internal import Kernel

/// The bytes of an entry of any ledger (`docs/formats/ledger-entry.md`): a header line, then each column with its length before it. One
/// spelling of each entry; a reader refuses every other.
package struct LedgerLayout: Sendable {
  package let ledger: Ledger
  /// `cordon wallet ledger 1` and a line feed; another layout of the ledger begins with another line.
  package let header: [UInt8]
  package let columns: [LedgerColumn]
  /// Of each column, kind and whether it may be absent: what reading needs, without a name to count references to.
  let shapes: [(kind: LedgerColumnKind, isOptional: Bool)]
  let brandColumn: Int?
  /// Where the row numbers itself: `seq` is then one more than the entry's index in the log.
  let sequenceColumn: Int?
  /// Where the row names the hash of the one before it.
  let previousColumn: Int?

  private init(_ ledger: Ledger, _ title: String, _ columns: [LedgerColumn]) {
    self.ledger = ledger
    header = Array("\(title)\n".utf8)
    self.columns = columns
    shapes = columns.map { ($0.kind, $0.isOptional) }
    func place(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }
    (brandColumn, sequenceColumn, previousColumn) = (place("brand_id"), place("seq"), place("prev_hash"))
  }

  package static func of(_ ledger: Ledger) -> LedgerLayout {
    switch ledger {
    case .walletLedger: walletLedger
    case .playerBalanceLog: playerBalanceLog
    case .adminAudit: adminAudit
    case .recoveryAudit: recoveryAudit
    case .securityAuditLogs: securityAuditLogs
    case .systemEvent: systemEvent
    }
  }

  private static let walletLedger = LedgerLayout(
    .walletLedger, "cordon wallet ledger 1",
    [
      LedgerColumn("brand_id", .integer), LedgerColumn("seq", .integer), LedgerColumn("prev_hash", .digest),
      LedgerColumn("request_id", .text),
      LedgerColumn("command", .text), LedgerColumn("transaction_id", .uuid, optional: true),
      LedgerColumn("player_id", .integer, optional: true),
      LedgerColumn("account", .text), LedgerColumn("currency", .text), LedgerColumn("amount", .integer),
      LedgerColumn("balance_after", .integer, optional: true), LedgerColumn("created_at", .timestamp),
    ])

  private static let playerBalanceLog = LedgerLayout(
    .playerBalanceLog, "cordon player balance log 2",
    [
      LedgerColumn("brand_id", .integer), LedgerColumn("seq", .integer), LedgerColumn("prev_hash", .digest),
      LedgerColumn("log_id", .integer), LedgerColumn("player_id", .integer),
      LedgerColumn("change_type", .text), LedgerColumn("request_id", .text, optional: true), LedgerColumn("currency", .text),
      LedgerColumn("amount", .integer), LedgerColumn("balance_before", .integer), LedgerColumn("balance_after", .integer),
      LedgerColumn("created_at", .timestamp),
    ])

  private static let adminAudit = LedgerLayout(
    .adminAudit, "cordon admin audit 2",
    [
      LedgerColumn("brand_id", .integer, optional: true), LedgerColumn("seq", .integer), LedgerColumn("prev_hash", .digest),
      LedgerColumn("audit_id", .integer), LedgerColumn("operator_id", .text),
      LedgerColumn("action", .text), LedgerColumn("resource", .text), LedgerColumn("resource_key", .text),
      LedgerColumn("old_value", .json, optional: true), LedgerColumn("new_value", .json, optional: true),
      LedgerColumn("reason", .text, optional: true), LedgerColumn("request_id", .text, optional: true),
      LedgerColumn("created_at", .timestamp),
    ])

  private static let recoveryAudit = LedgerLayout(
    .recoveryAudit, "cordon recovery audit 2",
    [
      LedgerColumn("brand_id", .integer), LedgerColumn("seq", .integer), LedgerColumn("prev_hash", .digest),
      LedgerColumn("recovery_audit_id", .integer), LedgerColumn("surface", .text),
      LedgerColumn("subject_id", .integer, optional: true), LedgerColumn("action", .text), LedgerColumn("outcome", .text),
      LedgerColumn("contact_hash", .digest, optional: true), LedgerColumn("source_ip_hash", .digest, optional: true),
      LedgerColumn("metadata", .json), LedgerColumn("request_id", .text, optional: true), LedgerColumn("created_at", .timestamp),
    ])

  /// Of the platform alone: no column says whose.
  private static let securityAuditLogs = LedgerLayout(
    .securityAuditLogs, "cordon security audit logs 1",
    [
      LedgerColumn("seq", .integer), LedgerColumn("prev_hash", .digest), LedgerColumn("id", .integer), LedgerColumn("event_type", .text),
      LedgerColumn("user_id", .text, optional: true), LedgerColumn("authenticated_restaurant_id", .integer, optional: true),
      LedgerColumn("attempted_restaurant_id", .integer, optional: true), LedgerColumn("session_id", .text, optional: true),
      LedgerColumn("ip_address", .text, optional: true), LedgerColumn("user_agent", .text, optional: true), LedgerColumn("severity", .text),
      LedgerColumn("created_at", .timestamp),
    ])

  private static let systemEvent = LedgerLayout(
    .systemEvent, "cordon system event 1",
    [
      LedgerColumn("brand_id", .integer, optional: true), LedgerColumn("seq", .integer), LedgerColumn("prev_hash", .digest),
      LedgerColumn("event_id", .integer), LedgerColumn("event_key", .text), LedgerColumn("kind", .text), LedgerColumn("outcome", .text),
      LedgerColumn("reason", .text, optional: true), LedgerColumn("status", .integer, optional: true), LedgerColumn("request_id", .text),
      LedgerColumn("trace_id", .text, optional: true), LedgerColumn("service", .text), LedgerColumn("caller", .text, optional: true),
      LedgerColumn("operator_id", .text, optional: true), LedgerColumn("player_id", .integer, optional: true),
      LedgerColumn("method", .text, optional: true), LedgerColumn("route", .text, optional: true), LedgerColumn("occurrences", .integer),
      LedgerColumn("detail", .json, optional: true), LedgerColumn("occurred_at", .timestamp), LedgerColumn("created_at", .timestamp),
    ])

  /// The bytes of an entry with these values, in the columns' order.
  package func bytes(of values: [LedgerValue]) throws(LedgerLayoutFault) -> [UInt8] {
    guard values.count == columns.count else { throw LedgerLayoutFault("\(ledger.rawValue) has \(columns.count) columns") }
    var bytes = header
    for (column, value) in zip(columns, values) {
      guard let field = try Self.field(value, of: column) else {
        bytes.append(contentsOf: [0xFF, 0xFF, 0xFF, 0xFF])
        continue
      }
      withUnsafeBytes(of: UInt32(field.count).bigEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: field)
    }
    guard bytes.count <= EntryBundle.entryBytesMax else {
      throw LedgerLayoutFault("an entry has at most \(EntryBundle.entryBytesMax) bytes")
    }
    return bytes
  }

  /// The values of the entry that has exactly these bytes.
  package func values(from bytes: [UInt8]) throws(LedgerLayoutFault) -> [LedgerValue] {
    guard bytes.count <= EntryBundle.entryBytesMax else {
      throw LedgerLayoutFault("an entry has at most \(EntryBundle.entryBytesMax) bytes")
    }
    var fields = LedgerScan.fields(for: self)
    try LedgerScan.scan(bytes.span, layout: self, into: &fields)
    return zip(columns, fields).map { column, field in
      guard let field else { return .absent }
      switch column.kind {
      case .integer, .timestamp: return .integer(Int64(bitPattern: bytes[field].reduce(0) { $0 << 8 | UInt64($1) }))
      case .text, .json: return .text(String(decoding: bytes[field], as: UTF8.self))
      case .uuid, .digest: return .bytes(Array(bytes[field]))
      }
    }
  }

  /// Whether an entry with these values belongs to the scope's log.
  func isOf(_ scope: LogScope, _ values: [LedgerValue]) -> Bool {
    brandColumn.map { values[$0] == scope.brandID.map { .integer($0) } ?? .absent } ?? true
  }

  /// Whether an entry with these values may stand in that place, counted from 1.
  func isNumbered(_ number: Int64, _ values: [LedgerValue]) -> Bool { sequenceColumn.map { values[$0] == .integer(number) } ?? true }

  private static func field(_ value: LedgerValue, of column: LedgerColumn) throws(LedgerLayoutFault) -> [UInt8]? {
    switch (value, column.kind) {
    case (.absent, _) where column.isOptional: return nil
    case (.integer(let number), .integer), (.integer(let number), .timestamp): return withUnsafeBytes(of: number.bigEndian) { Array($0) }
    case (.text(let text), .text): return Array(text.utf8)
    case (.text(let text), .json) where PrintedJSON.isOne(Array(text.utf8)): return Array(text.utf8)
    case (.bytes(let bytes), .uuid) where bytes.count == 16: return bytes
    case (.bytes(let bytes), .digest) where bytes.count == 32: return bytes
    default: throw LedgerLayoutFault("\(column.name) can't have this value")
    }
  }
}
