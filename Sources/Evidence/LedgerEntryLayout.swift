internal import Kernel

/// The bytes of a ledger entry that are hashed (`docs/formats/ledger-entry.md`, layout 1): a header line, then each field with its length
/// before it, so that no two entries share their bytes. One spelling of each entry; ``entry(from:)`` refuses every other.
package enum LedgerEntryLayout {
  private static let header = Array("cordon wallet ledger 1\n".utf8)
  /// The length that stands for a field that isn't there.
  private static let absent = UInt32.max

  package static func bytes(of entry: LedgerEntry) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(320)
    bytes.append(contentsOf: header)
    append(entry.brand, to: &bytes)
    append(entry.seq, to: &bytes)
    append(entry.previous.bytes, to: &bytes)
    append(entry.requestID, to: &bytes)
    append(entry.command, to: &bytes)
    if let transaction = entry.transaction { append(transaction, to: &bytes) } else { append(bigEndian: absent, to: &bytes) }
    append(entry.player, to: &bytes)
    append(entry.account, to: &bytes)
    append(entry.currency, to: &bytes)
    append(entry.amount, to: &bytes)
    append(entry.balanceAfter, to: &bytes)
    append(entry.createdAt.microseconds, to: &bytes)
    return bytes
  }

  /// The entry that has exactly these bytes.
  package static func entry(from bytes: [UInt8]) throws(LedgerLayoutFault) -> LedgerEntry {
    guard bytes.starts(with: header) else { throw LedgerLayoutFault("the header isn't that of layout 1") }
    var reader = LengthPrefixedReader(bytes, from: header.count)
    let brand = try reader.integer("brand_id")
    let seq = try reader.integer("seq")
    guard let previous = LedgerHash(try reader.field("prev_hash")) else { throw LedgerLayoutFault("prev_hash is not 32 bytes") }
    let requestID = try reader.text("request_id")
    let command = try reader.text("command")
    let transaction = try reader.uuid("transaction_id")
    let player = try reader.optionalInteger("player_id")
    let account = try reader.text("account")
    let currency = try reader.text("currency")
    let amount = try reader.integer("amount")
    let balanceAfter = try reader.optionalInteger("balance_after")
    let created = try reader.integer("created_at")
    guard reader.isAtEnd else { throw LedgerLayoutFault("bytes follow the last field") }
    return LedgerEntry(
      brand: brand, seq: seq, previous: previous, requestID: requestID, command: command, transaction: transaction, player: player,
      account: account, currency: currency, amount: amount, balanceAfter: balanceAfter, createdAt: Timestamp(microseconds: created))
  }

  private static func append<I: FixedWidthInteger>(bigEndian value: I, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  private static func append(_ value: Int64, to bytes: inout [UInt8]) {
    append(bigEndian: UInt32(8), to: &bytes)
    append(bigEndian: value, to: &bytes)
  }

  private static func append(_ value: Int64?, to bytes: inout [UInt8]) {
    if let value { append(value, to: &bytes) } else { append(bigEndian: absent, to: &bytes) }
  }

  private static func append(_ uuid: UUIDv7, to bytes: inout [UInt8]) {
    append(bigEndian: UInt32(16), to: &bytes)
    append(bigEndian: uuid.high, to: &bytes)
    append(bigEndian: uuid.low, to: &bytes)
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    append(bigEndian: UInt32(text.utf8.count), to: &bytes)
    bytes.append(contentsOf: text.utf8)
  }

  private static func append(_ field: [UInt8], to bytes: inout [UInt8]) {
    append(bigEndian: UInt32(field.count), to: &bytes)
    bytes.append(contentsOf: field)
  }
}
