internal import Glibc
internal import Kernel

/// Finds the end of a head that arrives in pieces, looking at each byte once.
///
/// A line ends with CR LF and nothing else: a receiver that takes a bare LF sees another message than one that doesn't,
/// and that difference is what request smuggling is made of (RFC 9112 section 11.2).
struct HeadScanner {
  /// The length of the first line without its CR LF, once it is complete.
  private(set) var firstLineLength: Int?
  private var scanned = 0
  private var lineStart = 0
  private var lines = 0

  /// The length of the whole head with its empty line; nil while it is incomplete.
  /// - Parameter bytes: everything received of this message, from its first byte.
  mutating func scan(_ bytes: UnsafeRawBufferPointer, limits: WireLimits) throws(WireFault) -> Int? {
    while let lineFeed = find(in: bytes) {
      scanned = lineFeed + 1
      guard lineFeed > lineStart, bytes[lineFeed - 1] == ByteClass.carriageReturn else {
        throw .malformed("A line of the head doesn't end with CR LF.")
      }
      if lineFeed - 1 == lineStart {
        guard lines > 0 else { throw .malformed("The message begins with an empty line.") }
        guard scanned <= limits.headBytesMax else { throw tooLarge }
        return scanned
      }
      if lines == 0 { firstLineLength = lineFeed - 1 }
      lines += 1
      lineStart = scanned
      guard lines <= limits.fieldsMax + 1 else { throw WireFault(.headerTooLarge, "The head has too many fields.") }
    }
    scanned = bytes.count
    guard scanned < limits.headBytesMax else { throw tooLarge }
    return nil
  }

  private var tooLarge: WireFault {
    lines == 0
      ? WireFault(.targetTooLong, "The request line is too long.")
      : WireFault(.headerTooLarge, "The head has too many bytes.")
  }

  private func find(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress, scanned < bytes.count else { return nil }
    guard let found = memchr(base + scanned, Int32(ByteClass.lineFeed), bytes.count - scanned) else { return nil }
    return base.distance(to: UnsafeRawPointer(found))
  }
}
