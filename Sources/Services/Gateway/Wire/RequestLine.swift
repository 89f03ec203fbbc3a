internal import Kernel

/// The first line of a request: `method SP origin-form SP HTTP/1.x`, single spaces, nothing else (RFC 9112 section 3).
struct RequestLine {
  let verb: HTTPVerb
  let methodAndTarget: Range<Int>
  let path: Range<Int>
  let isHTTP11: Bool

  private static let methodBytesMax = 32

  /// - Parameter line: the line without its CR LF.
  init(_ line: UnsafeRawBufferPointer, limits: WireLimits) throws(WireFault) {
    var methodEnd = 0
    while methodEnd < line.count, ByteClass.isToken(line[methodEnd]) { methodEnd += 1 }
    guard (1...Self.methodBytesMax).contains(methodEnd), methodEnd < line.count, line[methodEnd] == ByteClass.space else {
      throw .malformed("The request line doesn't begin with a method and one space.")
    }
    let targetStart = methodEnd + 1
    let (pathEnd, targetEnd) = try Self.target(line, from: targetStart)
    guard targetEnd - targetStart <= limits.targetBytesMax else { throw WireFault(.targetTooLong, "The request target is too long.") }
    isHTTP11 = try Self.version(line, from: targetEnd)
    verb = HTTPVerb(UnsafeRawBufferPointer(rebasing: line[0..<methodEnd]))
    methodAndTarget = 0..<targetEnd
    path = targetStart..<pathEnd
  }

  /// Only the origin form: an absolute target carries a second authority beside Host, and a proxy that follows one where a service
  /// follows the other lets a request wander between brands.
  private static func target(_ line: UnsafeRawBufferPointer, from start: Int) throws(WireFault) -> (pathEnd: Int, end: Int) {
    guard start < line.count, line[start] == 0x2F else { throw .malformed("The request target is not in origin form.") }
    var end = start
    var pathEnd: Int?
    while end < line.count, ByteClass.isTarget(line[end]) {
      if line[end] == 0x3F, pathEnd == nil { pathEnd = end }
      if line[end] == 0x25 {
        guard end + 2 < line.count, ByteClass.hexValue(line[end + 1]) != nil, ByteClass.hexValue(line[end + 2]) != nil else {
          throw .malformed("The request target has a percent sign without two hexadecimal digits.")
        }
      }
      end += 1
    }
    guard end < line.count else { throw .malformed("The request line has no protocol version.") }
    guard line[end] == ByteClass.space else { throw .malformed("The request target holds a character that a target can't have.") }
    return (pathEnd ?? end, end)
  }

  private static func version(_ line: UnsafeRawBufferPointer, from space: Int) throws(WireFault) -> Bool {
    let version = line[(space + 1)...]
    guard version.count == 8, version.starts(with: "HTTP/".utf8) else {
      throw .malformed("The request line doesn't end with an HTTP version.")
    }
    let digits = version.dropFirst(5)
    let major = digits[digits.startIndex]
    let minor = digits[digits.startIndex + 2]
    guard ByteClass.isDigit(major), digits[digits.startIndex + 1] == 0x2E, ByteClass.isDigit(minor) else {
      throw .malformed("The request line doesn't end with an HTTP version.")
    }
    guard major == 0x31, minor <= 0x31 else { throw WireFault(.httpVersionNotSupported, "Only HTTP/1.1 and HTTP/1.0 are spoken here.") }
    return minor == 0x31
  }
}
