internal import Audit
internal import Evidence
internal import Kernel
internal import Platform

/// Which of a ledger's columns lead to other records of the same thing.
struct CaseCorrelation {
  private static let names = ["request_id", "transaction_id", "player_id", "operator_id", "created_at"]

  private let layout: LedgerLayout
  private let columns: [(place: Int, column: LedgerColumn)]

  init(_ ledger: Ledger) {
    layout = LedgerLayout.of(ledger)
    columns = layout.columns.enumerated().filter { Self.names.contains($0.element.name) }.map { (place: $0.offset, column: $0.element) }
  }

  /// One line of JSON. An entry whose bytes can't be read has its number and its time alone.
  func line(of entry: LogEntry) -> String {
    var members: [String: JSONValue] = ["number": .integer(entry.seq), "created_at": .string("\(entry.createdAt)")]
    for (place, column) in columns {
      guard let values = try? layout.values(from: entry.bytes) else { break }
      switch values[place] {
      case .absent: members[column.name] = .null
      case .integer(let number) where column.kind == .timestamp: members[column.name] = .string("\(Timestamp(microseconds: number))")
      case .integer(let number): members[column.name] = .integer(number)
      case .text(let text): members[column.name] = .string(text)
      case .bytes(let bytes): members[column.name] = .string(UUIDv7(bytes: bytes)?.description ?? Hexadecimal.encode(bytes))
      }
    }
    let text = members.sorted { $0.key < $1.key }.map { "\(JSONWriter.quoted($0.key)):\(JSONWriter.text(of: $0.value))" }
    return "{\(text.joined(separator: ","))}\n"
  }
}
