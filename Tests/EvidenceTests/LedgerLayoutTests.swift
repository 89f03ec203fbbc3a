import Crypto
import Evidence
import Kernel
import Testing

@Suite("The layouts of all ledgers")
struct LedgerLayoutTests {
  /// One row of each ledger, with a value in every column.
  private static func rows() -> [(LedgerLayout, [LedgerValue])] {
    Ledger.allCases.map { ledger in
      let layout = LedgerLayout.of(ledger)
      let values = layout.columns.enumerated().map { index, column -> LedgerValue in
        switch column.kind {
        case .integer, .timestamp: .integer(Int64(index) - 3)
        case .text: .text("text \u{1F4B6} \(index)")
        case .json: .text(#"{"a": [1, "\n"]}"#)
        case .uuid: .bytes([UInt8](repeating: UInt8(index), count: 16))
        case .digest: .bytes([UInt8](repeating: UInt8(index), count: 32))
        }
      }
      return (layout, values)
    }
  }

  @Test("an entry of any ledger is read back from its bytes, with every column that may be absent there and not there")
  func roundTrip() throws {
    for (layout, values) in Self.rows() {
      #expect(try layout.values(from: layout.bytes(of: values)) == values)
      for (index, column) in layout.columns.enumerated() {
        var without = values
        without[index] = .absent
        if column.isOptional {
          #expect(try layout.values(from: layout.bytes(of: without)) == without)
        } else {
          #expect(throws: LedgerLayoutFault.self) { try layout.bytes(of: without) }
        }
      }
    }
  }

  @Test("no changed byte is read as the same entry, and what is read is written again byte for byte")
  func everyByte() throws {
    for (layout, values) in Self.rows() {
      try Mutations(original: layout.bytes(of: values)).forEach { name, bytes in
        guard let other = try? layout.values(from: bytes) else { return }
        #expect(other != values, "\(layout.ledger) \(name)")
        #expect((try? layout.bytes(of: other)) == bytes, "\(layout.ledger) \(name)")
      }
    }
  }

  @Test("the wallet's entry has the same bytes by its own layout and by the common one")
  func wallet() throws {
    let entry = LedgerEntryLayoutTests.first
    let bytes = LedgerEntryLayout.bytes(of: entry)
    let layout = LedgerLayout.of(.walletLedger)
    let values = try layout.values(from: bytes)
    #expect(values[1] == .integer(1) && values[2] == .bytes(LedgerHash.genesis.bytes) && values[10] == .integer(500))
    #expect(try layout.bytes(of: values) == bytes)
  }

  @Test("the published vector of an operator's act")
  func vector() throws {
    let entry = try SampleBundle.auditEntries(1)[0]
    let hash = Hexadecimal.encode(SHA256.hash(data: entry))
    #expect(try Repository.text("docs/formats/ledger-entry.md").contains(hash), "\(hash)")
  }

  @Test("every column of every ledger's table is in its layout, but the hash that is over them")
  func columns() throws {
    let schema = try Repository.text("db/schema.sql")
    for ledger in Ledger.allCases {
      // The log of violations has ten columns for ever, so that its place in the chain stands beside it.
      let tables = [ledger.rawValue] + (ledger == .securityAuditLogs ? ["security_audit_chain"] : [])
      let body = try tables.map { name in
        let table = try #require(schema.firstMatch(of: try Regex("CREATE TABLE [a-z]+\\.\(name) \\(\n((?:    .*\n)+)\\);")))
        return String(try #require(table.output[1].substring))
      }.joined()
      let columns = body.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.hasPrefix("CONSTRAINT") }
        .compactMap { $0.split(separator: " ").first.map { String($0) } }
      #expect(Set(columns).subtracting(["row_hash"]) == Set(LedgerLayout.of(ledger).columns.map(\.name)), "\(ledger)")
    }
  }

  @Test(
    "JSON is read as PostgreSQL prints it",
    arguments: [
      "null", "true", "false", "0", "-1", "10.50", "0.001", #""""#, #""a\"\\\b\f\n\r\t\u0001/""#, "[]", "{}",
      #"[1, [], {"b": 1, "aa": 2}]"#,
      "\"\u{7F}\u{20AC}\"",
    ])
  func json(_ text: String) throws { #expect((try? Self.bytes(json: text)) != nil) }

  @Test(
    "JSON that is spelled otherwise is refused",
    arguments: [
      "", " null", "null ", "nul", "01", "-0", "-0.0", "1.", ".5", "1e5", "+1", #"{"a":1}"#, #"{"a": 1,"b": 2}"#, #"{"aa": 1, "b": 2}"#,
      #"{"b": 1, "a": 2}"#,
      #"{"a": 1, "a": 2}"#, "[1,2]", "[1, ]", "[", "{", #"{"a"}"#, "\"\u{1}\"", #""\u0041""#, #""\u000A""#, #""\u000a""#, #""\u001F""#,
      #""\/""#, #""a"#,
      #""\u0000""#, "[1]]", "\"\\",
    ] + [String(repeating: "[", count: 65) + String(repeating: "]", count: 65)])
  func refusedJSON(_ text: String) { #expect((try? Self.bytes(json: text)) == nil) }

  private static func bytes(json: String) throws -> [UInt8] {
    let layout = LedgerLayout.of(.recoveryAudit)
    return try layout.bytes(of: [
      .integer(1), .integer(1), .bytes(LedgerHash.genesis.bytes), .integer(1), .text("player"), .absent, .text("REQUEST"), .text("success"),
      .absent, .absent, .text(json), .absent,
      .integer(0),
    ])
  }
}
