/// A column's value in an entry.
package enum LedgerValue: Hashable, Sendable {
  case absent
  case integer(Int64)
  /// Text, and JSON as PostgreSQL prints it.
  case text(String)
  /// A UUID's sixteen bytes, a digest's thirty-two.
  case bytes([UInt8])
}
