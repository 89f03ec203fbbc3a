internal import NIOCore

/// Reads request heads from a connection's bytes, strictly: what isn't plainly HTTP/1.1 is refused, never repaired.
///
/// One parser per connection; it remembers how far it has looked, so that a head that comes byte by byte costs no more than one that
/// comes whole.
struct RequestHeadParser {
  private var scanner = HeadScanner()
  private var lineChecked = false
  private let limits: WireLimits

  init(limits: WireLimits) { self.limits = limits }

  /// Takes one head off the front of `buffer`, or nothing while the head is incomplete.
  mutating func parse(_ buffer: inout ByteBuffer) throws(WireFault) -> RequestHead? {
    guard buffer.readableBytes > 0 else { return nil }
    let outcome = buffer.withUnsafeReadableBytes { bytes -> Result<ParsedHead?, WireFault> in
      do throws(WireFault) {
        return .success(try parse(bytes))
      } catch {
        return .failure(error)
      }
    }
    guard let parsed = try outcome.get() else { return nil }
    guard let head = buffer.readSlice(length: parsed.length) else { return nil }
    scanner = HeadScanner()
    lineChecked = false
    return RequestHead(
      bytes: head, verb: parsed.line.verb, methodAndTarget: parsed.line.methodAndTarget, path: parsed.line.path, fields: parsed.fields,
      framing: parsed.framing, isHTTP11: parsed.line.isHTTP11, keepAlive: parsed.keepAlive, expectsContinue: parsed.expectsContinue,
      host: parsed.host)
  }

  private struct ParsedHead {
    let length: Int
    let line: RequestLine
    let fields: [HeadField]
    let framing: BodyFraming
    let keepAlive: Bool
    let expectsContinue: Bool
    let host: String
  }

  private mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(WireFault) -> ParsedHead? {
    guard let length = try scanner.scan(bytes, limits: limits) else {
      try checkBeginning(bytes)
      return nil
    }
    let lineLength = scanner.firstLineLength ?? 0
    let line = try RequestLine(UnsafeRawBufferPointer(rebasing: bytes[..<lineLength]), limits: limits)
    let head = UnsafeRawBufferPointer(rebasing: bytes[..<length])
    var fields = try FieldParser.parse(head, from: lineLength + 2)
    let framing = try FramingRules.declared(head, fields) ?? .none
    guard line.isHTTP11 || framing != .chunked else { throw .malformed("HTTP/1.0 has no Transfer-Encoding.") }
    let host = try Self.host(head, fields)
    let expects = try Self.expectsContinue(head, fields)
    let options = try FieldParser.applyConnection(head, to: &fields)
    return ParsedHead(
      length: length, line: line, fields: fields, framing: framing,
      keepAlive: line.isHTTP11 && !options.close, expectsContinue: expects && line.isHTTP11 && framing != .none, host: host)
  }

  /// Refuses what can't become a request (a TLS greeting, HTTP/0.9, another version) without waiting for the rest.
  private mutating func checkBeginning(_ bytes: UnsafeRawBufferPointer) throws(WireFault) {
    guard !lineChecked else { return }
    if let lineLength = scanner.firstLineLength {
      _ = try RequestLine(UnsafeRawBufferPointer(rebasing: bytes[..<lineLength]), limits: limits)
      lineChecked = true
    } else if let first = bytes.first, !ByteClass.isToken(first) {
      throw .malformed("The request line doesn't begin with a method and one space.")
    }
  }

  private static func host(_ bytes: UnsafeRawBufferPointer, _ fields: [HeadField]) throws(WireFault) -> String {
    var value: Range<Int>?
    for field in fields where field.kind == .host {
      guard value == nil else { throw .malformed("Host is there more than once.") }
      value = field.valueRange
    }
    guard let value else { throw .malformed("Host is missing.") }
    guard let host = HostRules.normalised(UnsafeRawBufferPointer(rebasing: bytes[value])) else {
      throw .malformed("Host is not a host name with an optional port.")
    }
    return host
  }

  private static func expectsContinue(_ bytes: UnsafeRawBufferPointer, _ fields: [HeadField]) throws(WireFault) -> Bool {
    var expects = false
    for field in fields where field.kind == .expect {
      guard !expects, StaticString("100-continue").equalsIgnoringCase(UnsafeRawBufferPointer(rebasing: bytes[field.valueRange])) else {
        throw .malformed("Expect is something else than 100-continue.")
      }
      expects = true
    }
    return expects
  }
}
