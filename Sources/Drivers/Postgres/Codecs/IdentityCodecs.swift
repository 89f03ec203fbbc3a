package import Kernel

extension BrandID: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  package static var postgresType: PostgresType { .int8 }
  package static var postgresArrayType: PostgresType { .int8Array }
  package var postgresBind: PostgresBind { rawValue.postgresBind }

  package init?(postgres bytes: RawSpan, type: PostgresType) {
    guard let value = Int64(postgres: bytes, type: type) else { return nil }
    self.init(value)
  }
}

extension PlayerID: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  package static var postgresType: PostgresType { .int8 }
  package static var postgresArrayType: PostgresType { .int8Array }
  package var postgresBind: PostgresBind { rawValue.postgresBind }

  package init?(postgres bytes: RawSpan, type: PostgresType) {
    guard let value = Int64(postgres: bytes, type: type) else { return nil }
    self.init(value)
  }
}

extension UUIDv7: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  package static var postgresType: PostgresType { .uuid }
  package static var postgresArrayType: PostgresType { .uuidArray }
  package var postgresBind: PostgresBind { .binary(.uuid, bytes) }

  package init?(postgres bytes: RawSpan, type: PostgresType) {
    guard type == .uuid else { return nil }
    self.init(bytes: bytes.array)
  }
}

extension Timestamp: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  package static var postgresType: PostgresType { .timestamptz }
  package static var postgresArrayType: PostgresType { .timestamptzArray }

  /// PostgreSQL counts microseconds from 2000-01-01.
  private static let epochMicroseconds: Int64 = 946_684_800_000_000

  /// The two ends of Int64 mean infinity there, so they are not moments.
  package var postgresBind: PostgresBind {
    let (shifted, overflow) = microseconds.subtractingReportingOverflow(Self.epochMicroseconds)
    guard !overflow, shifted != .min, shifted != .max else { return PostgresBind(.timestamptz, .refused("timestamp is out of range")) }
    return .integer(.timestamptz, shifted)
  }

  package init?(postgres bytes: RawSpan, type: PostgresType) {
    guard type == .timestamptz, let shifted: Int64 = bytes.integer(), shifted != .min, shifted != .max else { return nil }
    let (microseconds, overflow) = shifted.addingReportingOverflow(Self.epochMicroseconds)
    guard !overflow else { return nil }
    self.init(microseconds: microseconds)
  }
}
