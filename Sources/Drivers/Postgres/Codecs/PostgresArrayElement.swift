/// A value that can be an element of an array: `[Int64]` is `bigint[]`, `[String?]` is `text[]` with NULLs, `[UInt8]` is `bytea`.
package protocol PostgresArrayElement: Sendable {
  static var postgresElementType: PostgresType { get }
  static var postgresArrayType: PostgresType { get }
  static func postgresBind(of elements: [Self]) -> PostgresBind
  static func elements(postgres bytes: RawSpan, type: PostgresType) -> [Self]?
  /// What a NULL element is read as; nil refuses it.
  static var postgresNullElement: Self? { get }
}

extension PostgresArrayElement where Self: PostgresEncodable {
  package static var postgresElementType: PostgresType { postgresType }

  package static func postgresBind(of elements: [Self]) -> PostgresBind {
    // The header's "holds NULL" is only known at the end; the header itself has one of two lengths.
    var bytes = header(count: elements.count)
    bytes.reserveCapacity(bytes.count + elements.count * 24)
    for element in elements {
      switch element.postgresBind.content {
      case .binary(let content):
        bytes.append(bigEndian: Int32(clamping: content.count))
        bytes.append(contentsOf: content)
      case .text(let text):
        bytes.append(bigEndian: Int32(clamping: text.utf8.count))
        bytes.append(contentsOf: text.utf8)
      case .refused(let reason): return PostgresBind(postgresArrayType, .refused(reason))
      case .null:
        bytes[holdsNullPosition] = 1
        bytes.append(bigEndian: Int32(-1))
      }
    }
    return .binary(postgresArrayType, bytes)
  }

  /// The last of the four bytes that say whether an element is NULL.
  private static var holdsNullPosition: Int { 7 }

  /// Dimensions, "holds NULL", element type, then the length and lower bound of the only dimension. An empty array has none.
  private static func header(count: Int) -> [UInt8] {
    var header: [UInt8] = []
    header.append(bigEndian: Int32(count == 0 ? 0 : 1))
    header.append(bigEndian: Int32(0))
    header.append(bigEndian: postgresElementType.rawValue)
    guard count > 0 else { return header }
    header.append(bigEndian: Int32(clamping: count))
    header.append(bigEndian: Int32(1))
    return header
  }
}

extension PostgresArrayElement where Self: PostgresDecodable {
  package static var postgresNullElement: Self? { nil }

  package static func elements(postgres bytes: RawSpan, type: PostgresType) -> [Self]? {
    ArrayRules.elements(bytes, null: postgresNullElement) { Self(postgres: $0, type: $1) }
  }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresArrayElement & PostgresEncodable & PostgresDecodable {
  package static var postgresElementType: PostgresType { Wrapped.postgresElementType }
  package static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }
  package static var postgresNullElement: Self? { .some(.none) }

  package static func elements(postgres bytes: RawSpan, type: PostgresType) -> [Self]? {
    ArrayRules.elements(bytes, null: .some(.none)) { Wrapped(postgres: $0, type: $1).map { .some($0) } }
  }
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
  package static var postgresType: PostgresType { Element.postgresArrayType }
  package var postgresBind: PostgresBind { Element.postgresBind(of: self) }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
  package init?(postgres bytes: RawSpan, type: PostgresType) {
    guard let elements = Element.elements(postgres: bytes, type: type) else { return nil }
    self = elements
  }
}

/// Bytes are `bytea`, not an array of small integers.
extension UInt8: PostgresArrayElement {
  package static var postgresElementType: PostgresType { .unspecified }
  package static var postgresArrayType: PostgresType { .bytea }
  package static var postgresNullElement: UInt8? { nil }

  package static func postgresBind(of elements: [UInt8]) -> PostgresBind { .binary(.bytea, elements) }

  package static func elements(postgres bytes: RawSpan, type: PostgresType) -> [UInt8]? {
    type == .bytea ? bytes.array : nil
  }
}

extension Array: PostgresArrayElement where Element == UInt8 {
  package static var postgresArrayType: PostgresType { .byteaArray }
}

extension [UInt8] {
  mutating func append<I: FixedWidthInteger>(bigEndian value: I) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }
}
