extension Bool: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  package static var postgresType: PostgresType { .bool }
  package static var postgresArrayType: PostgresType { .boolArray }
  package var postgresBind: PostgresBind { .binary(.bool, [self ? 1 : 0]) }

  package init?(postgres bytes: RawSpan, type: PostgresType) {
    guard type == .bool, let value: UInt8 = bytes.integer() else { return nil }
    self = value != 0
  }
}

extension Int16: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  package static var postgresType: PostgresType { .int2 }
  package static var postgresArrayType: PostgresType { .int2Array }
  package var postgresBind: PostgresBind { .integer(.int2, self) }

  package init?(postgres bytes: RawSpan, type: PostgresType) {
    guard let value = Int64(postgres: bytes, type: type) else { return nil }
    self.init(exactly: value)
  }
}

extension Int32: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  package static var postgresType: PostgresType { .int4 }
  package static var postgresArrayType: PostgresType { .int4Array }
  package var postgresBind: PostgresBind { .integer(.int4, self) }

  package init?(postgres bytes: RawSpan, type: PostgresType) {
    guard let value = Int64(postgres: bytes, type: type) else { return nil }
    self.init(exactly: value)
  }
}

extension Int: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  package static var postgresType: PostgresType { .int8 }
  package static var postgresArrayType: PostgresType { .int8Array }
  package var postgresBind: PostgresBind { .integer(.int8, Int64(self)) }

  package init?(postgres bytes: RawSpan, type: PostgresType) {
    guard let value = Int64(postgres: bytes, type: type) else { return nil }
    self.init(exactly: value)
  }
}

/// Reads every integer type, and a `numeric` that is a whole number: `sum(bigint)` is one.
extension Int64: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  package static var postgresType: PostgresType { .int8 }
  package static var postgresArrayType: PostgresType { .int8Array }
  package var postgresBind: PostgresBind { .integer(.int8, self) }

  package init?(postgres bytes: RawSpan, type: PostgresType) {
    let value: Int64? =
      switch type {
      case .int8: bytes.integer(as: Int64.self)
      case .int4: bytes.integer(as: Int32.self).map(Int64.init)
      case .int2: bytes.integer(as: Int16.self).map(Int64.init)
      case .oid: bytes.integer(as: UInt32.self).map(Int64.init)
      case .numeric: NumericRules.wholeNumber(bytes)
      default: nil
      }
    guard let value else { return nil }
    self = value
  }
}

extension Double: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .float8 }
  package var postgresBind: PostgresBind { .integer(.float8, bitPattern) }

  package init?(postgres bytes: RawSpan, type: PostgresType) {
    guard type == .float8, let bits: UInt64 = bytes.integer() else { return nil }
    self.init(bitPattern: bits)
  }
}
