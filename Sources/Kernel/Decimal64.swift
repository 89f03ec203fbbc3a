/// The one spelling of a non-negative integer that identifiers in headers and paths may have.
package enum Decimal64 {
  /// Nil unless `text` is one to nineteen ASCII digits without a leading zero (but "0" itself) and fits `Int64`.
  package static func parse(_ text: some StringProtocol) -> Int64? {
    let bytes = text.utf8
    guard let first = bytes.first, bytes.count <= 19, bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    guard first != 0x30 || bytes.count == 1 else { return nil }
    return Int64(text)
  }
}
