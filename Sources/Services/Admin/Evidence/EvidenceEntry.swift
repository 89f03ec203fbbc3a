internal import Audit
internal import Contracts
internal import Evidence
internal import Kernel
internal import Platform

/// An entry of a log, for operators: the bytes that are hashed, and what they say.
struct EvidenceEntry: JSONReplyBody {
  private let entry: LogEntry
  private let columns: [(String, JSONValue)]

  init(_ entry: LogEntry, of ledger: String) throws {
    self.entry = entry
    let layout = Ledger(rawValue: ledger).map(LedgerLayout.of)
    columns =
      try layout.map { layout in
        try zip(layout.columns, layout.values(from: entry.bytes)).map { ($0.name, Self.spell($1, $0.kind)) }
      } ?? []
  }

  private static func spell(_ value: LedgerValue, _ kind: LedgerColumnKind) -> JSONValue {
    switch value {
    case .absent: .null
    case .integer(let number): .string(kind == .timestamp ? "\(Timestamp(microseconds: number))" : "\(number)")
    case .text(let text): .string(text)
    case .bytes(let bytes): .string(kind == .uuid ? UUIDv7(bytes: bytes)?.description ?? "" : Hexadecimal.encode(bytes))
    }
  }

  var json: JSONValue {
    [
      "number": .init(entry.seq), "prev_hash": .string(Hexadecimal.encode(entry.previous.bytes)),
      "row_hash": .string(Hexadecimal.encode(entry.claimed.bytes)), "created_at": .string("\(entry.createdAt)"),
      "entry": .string(Base64.encode(entry.bytes)), "columns": .members(columns),
    ]
  }

  static let jsonSchema = JSONSchema.object(
    name: "EvidenceEntry",
    fields: [
      .required("number", .identifier, "From 1; its receipt is read by it."),
      .required("prev_hash", .string(length: 64...64), "The chain's hash of the entry before, hexadecimal."),
      .required("row_hash", .string(length: 64...64), "The chain's hash of this one."),
      .required("created_at", .timestamp, "When."),
      .required("entry", .text(max: 100_000), "The bytes that are hashed, base64."),
      .required("columns", .map(values: .nullable(.string(length: 0...65_535))), "What these bytes say, by column."),
    ])
}
