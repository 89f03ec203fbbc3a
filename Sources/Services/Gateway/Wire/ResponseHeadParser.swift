internal import NIOCore

/// Reads response heads of an upstream with the rules that requests are read by. A service that breaks them is answered for with 502.
struct ResponseHeadParser {
  private var scanner = HeadScanner()
  private let limits: WireLimits

  init(limits: WireLimits) { self.limits = limits }

  /// Takes one head off the front of `buffer`, or nothing while it is incomplete.
  /// - Parameter answersHead: whether the request was a HEAD, whose response has no body whatever its fields say.
  mutating func parse(_ buffer: inout ByteBuffer, answersHead: Bool) throws(WireFault) -> ResponseHead? {
    guard buffer.readableBytes > 0 else { return nil }
    let outcome = buffer.withUnsafeReadableBytes { bytes -> Result<ParsedHead?, WireFault> in
      do throws(WireFault) {
        return .success(try parse(bytes, answersHead: answersHead))
      } catch {
        return .failure(error)
      }
    }
    guard let parsed = try outcome.get() else { return nil }
    guard let head = buffer.readSlice(length: parsed.length) else { return nil }
    scanner = HeadScanner()
    return ResponseHead(
      bytes: head, status: parsed.status, statusAndReason: parsed.statusAndReason, fields: parsed.fields, framing: parsed.framing,
      keepAlive: parsed.keepAlive)
  }

  private struct ParsedHead {
    let length: Int
    let status: Int
    let statusAndReason: Range<Int>
    let fields: [HeadField]
    let framing: BodyFraming
    let keepAlive: Bool
  }

  private mutating func parse(_ bytes: UnsafeRawBufferPointer, answersHead: Bool) throws(WireFault) -> ParsedHead? {
    guard let length = try scanner.scan(bytes, limits: limits) else { return nil }
    let lineLength = scanner.firstLineLength ?? 0
    let (status, isHTTP11) = try Self.statusLine(UnsafeRawBufferPointer(rebasing: bytes[..<lineLength]))
    let head = UnsafeRawBufferPointer(rebasing: bytes[..<length])
    var fields = try FieldParser.parse(head, from: lineLength + 2)
    let declared = try FramingRules.declared(head, fields)
    let options = try FieldParser.applyConnection(head, to: &fields)
    let bodiless = answersHead || status < 200 || status == 204 || status == 304
    let framing = bodiless ? .none : declared ?? .untilClose
    return ParsedHead(
      length: length, status: status, statusAndReason: 9..<lineLength, fields: fields, framing: framing,
      keepAlive: (isHTTP11 ? !options.close : options.keepAlive) && framing != .untilClose)
  }

  /// `HTTP/1.x SP 3DIGIT SP reason` (RFC 9112 section 4); the reason may be empty.
  private static func statusLine(_ line: UnsafeRawBufferPointer) throws(WireFault) -> (status: Int, isHTTP11: Bool) {
    guard line.count >= 12, line.starts(with: "HTTP/1.".utf8), line[7] == 0x31 || line[7] == 0x30, line[8] == ByteClass.space else {
      throw .malformed("The status line doesn't begin with an HTTP version.")
    }
    guard line[9..<12].allSatisfy(ByteClass.isDigit), line.count == 12 || line[12] == ByteClass.space else {
      throw .malformed("The status line has no status code.")
    }
    guard line[12...].allSatisfy(ByteClass.isFieldValue) else { throw .malformed("The reason phrase holds a control character.") }
    let status = line[9..<12].reduce(0) { $0 * 10 + Int($1 &- 0x30) }
    guard (100...599).contains(status) else { throw .malformed("The status code is out of range.") }
    return (status, line[7] == 0x31)
  }
}
