/// A value that a column can be read as.
package protocol PostgresDecodable {
  /// - Parameters:
  ///   - bytes: the column's value in PostgreSQL's binary form; never NULL.
  ///   - type: the column's type.
  /// - Returns: nil when the type is another one or the value doesn't fit exactly.
  init?(postgres bytes: RawSpan, type: PostgresType)
}

extension RawSpan {
  /// The big-endian integer at `offset`, or nil when the bytes end before it does.
  func integer<I: FixedWidthInteger & BitwiseCopyable>(at offset: Int = 0, as type: I.Type = I.self) -> I? {
    guard offset >= 0, offset + MemoryLayout<I>.size <= byteCount else { return nil }
    return I(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: I.self))
  }

  var array: [UInt8] { withUnsafeBytes { Array($0) } }

  /// Nil unless the bytes are valid UTF-8.
  var utf8Text: String? { withUnsafeBytes { String(validating: $0, as: UTF8.self) } }
}
