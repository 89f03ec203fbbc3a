internal import Kernel

/// Which framing the fields of a head declare, with every doubtful combination refused (RFC 9112 section 6.3; the brief of
/// attacks is section 11.2). A request that two readers could end at different bytes never reaches a service.
enum FramingRules {
  /// Nil when neither field is there.
  static func declared(_ bytes: UnsafeRawBufferPointer, _ fields: [HeadField]) throws(WireFault) -> BodyFraming? {
    var length: Int64?
    var chunked = false
    for field in fields {
      switch field.kind {
      case .contentLength:
        guard length == nil else { throw .malformed("Content-Length is there more than once.") }
        length = try contentLength(UnsafeRawBufferPointer(rebasing: bytes[field.valueRange]))
      case .transferEncoding:
        guard !chunked else { throw .malformed("Transfer-Encoding is there more than once.") }
        guard StaticString("chunked").equalsIgnoringCase(UnsafeRawBufferPointer(rebasing: bytes[field.valueRange])) else {
          throw .malformed("Transfer-Encoding is something else than chunked.")
        }
        chunked = true
      default: continue
      }
    }
    if chunked {
      guard length == nil else { throw .malformed("Content-Length and Transfer-Encoding stand together.") }
      return .chunked
    }
    return length.map { $0 == 0 ? .none : .length($0) }
  }

  /// One spelling per length: decimal digits, no sign, no list, no leading zero, at most eighteen digits.
  private static func contentLength(_ value: UnsafeRawBufferPointer) throws(WireFault) -> Int64 {
    guard let first = value.first, value.count <= 18, value.allSatisfy(ByteClass.isDigit), first != 0x30 || value.count == 1 else {
      throw .malformed("Content-Length is not a plain decimal number.")
    }
    return value.reduce(0) { $0 * 10 + Int64($1 &- 0x30) }
  }
}
