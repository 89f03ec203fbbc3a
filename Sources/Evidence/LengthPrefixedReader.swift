internal import Kernel

/// Reads fields that have their length before them: four bytes, most significant first; all ones for a field that isn't there.
struct LengthPrefixedReader {
  private let bytes: [UInt8]
  private var position: Int

  init(_ bytes: [UInt8], from position: Int) {
    self.bytes = bytes
    self.position = position
  }

  var isAtEnd: Bool { position == bytes.count }

  mutating func field(_ name: String) throws(LedgerLayoutFault) -> [UInt8] {
    guard let field = try optionalField(name) else { throw LedgerLayoutFault("\(name) is absent") }
    return field
  }

  mutating func integer(_ name: String) throws(LedgerLayoutFault) -> Int64 {
    guard let value = try optionalInteger(name) else { throw LedgerLayoutFault("\(name) is absent") }
    return value
  }

  mutating func optionalInteger(_ name: String) throws(LedgerLayoutFault) -> Int64? {
    guard let field = try optionalField(name) else { return nil }
    guard field.count == 8 else { throw LedgerLayoutFault("\(name) is not 8 bytes") }
    return Int64(bitPattern: field.reduce(0) { $0 << 8 | UInt64($1) })
  }

  mutating func text(_ name: String) throws(LedgerLayoutFault) -> String {
    guard let text = String(validating: try field(name), as: UTF8.self) else { throw LedgerLayoutFault("\(name) is not UTF-8") }
    return text
  }

  mutating func uuid(_ name: String) throws(LedgerLayoutFault) -> UUIDv7? {
    guard let field = try optionalField(name) else { return nil }
    guard let uuid = UUIDv7(bytes: field) else { throw LedgerLayoutFault("\(name) is not 16 bytes") }
    return uuid
  }

  private mutating func optionalField(_ name: String) throws(LedgerLayoutFault) -> [UInt8]? {
    guard bytes.count - position >= 4 else { throw LedgerLayoutFault("the bytes end before \(name)") }
    let length = bytes[position..<position + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    position += 4
    guard length != .max else { return nil }
    guard bytes.count - position >= Int(length) else { throw LedgerLayoutFault("the bytes end within \(name)") }
    defer { position += Int(length) }
    return Array(bytes[position..<position + Int(length)])
  }
}
