internal import Kernel
internal import NIOCore

/// Reads a chunked body as it arrives (RFC 9112 section 7.1): sizes of one to eight hexadecimal digits, CR LF and nothing else at line
/// ends, extensions and trailers bounded, checked and left out.
struct ChunkedBodyReader {
  private enum State {
    case size(value: Int, digits: Int)
    case extensions(size: Int, bytes: Int)
    case sizeLineFeed(size: Int)
    case data(remaining: Int)
    case dataCarriageReturn
    case dataLineFeed
    case trailerLineStart
    case trailerLine(hasColon: Bool)
    case trailerLineFeed
    case finalLineFeed
    case ended
  }

  private var state = State.size(value: 0, digits: 0)
  private var trailerBytes = 0
  private let limits: WireLimits

  private static let sizeDigitsMax = 8

  init(limits: WireLimits) { self.limits = limits }

  /// The next piece of the body, `.ended` once and for all, or `.needsMore`. Takes from the front of `buffer` what it has read.
  mutating func next(_ buffer: inout ByteBuffer) throws(WireFault) -> BodyPiece {
    while true {
      if case .ended = state { return .ended }
      if case .data(let remaining) = state {
        guard let slice = buffer.readSlice(length: min(remaining, buffer.readableBytes)), slice.readableBytes > 0 else { return .needsMore }
        let left = remaining - slice.readableBytes
        state = left == 0 ? .dataCarriageReturn : .data(remaining: left)
        return .bytes(slice)
      }
      guard let byte = buffer.readInteger(as: UInt8.self) else { return .needsMore }
      state = try after(byte)
    }
  }

  private mutating func after(_ byte: UInt8) throws(WireFault) -> State {
    switch state {
    case .size(let value, let digits): return try afterSize(byte, value, digits)
    case .extensions(let size, let count): return try afterExtension(byte, size, count)
    case .sizeLineFeed(let size):
      try expect(byte, ByteClass.lineFeed)
      return size == 0 ? .trailerLineStart : .data(remaining: size)
    case .dataCarriageReturn:
      try expect(byte, ByteClass.carriageReturn)
      return .dataLineFeed
    case .dataLineFeed:
      try expect(byte, ByteClass.lineFeed)
      return .size(value: 0, digits: 0)
    case .trailerLineStart, .trailerLine, .trailerLineFeed, .finalLineFeed: return try afterTrailer(byte)
    case .data, .ended: return state
    }
  }

  private func afterSize(_ byte: UInt8, _ value: Int, _ digits: Int) throws(WireFault) -> State {
    if let digit = ByteClass.hexValue(byte) {
      guard digits < Self.sizeDigitsMax else { throw .malformed("A chunk size has too many digits.") }
      return .size(value: value << 4 | Int(digit), digits: digits + 1)
    }
    guard digits > 0 else { throw .malformed("A chunk doesn't begin with its size.") }
    switch byte {
    case ByteClass.carriageReturn: return .sizeLineFeed(size: value)
    case 0x3B: return .extensions(size: value, bytes: 1)
    default: throw .malformed("A chunk size holds something else than hexadecimal digits.")
    }
  }

  private func afterExtension(_ byte: UInt8, _ size: Int, _ count: Int) throws(WireFault) -> State {
    if byte == ByteClass.carriageReturn { return .sizeLineFeed(size: size) }
    guard ByteClass.isFieldValue(byte) else { throw .malformed("A chunk extension holds a control character.") }
    guard count < limits.chunkExtensionBytesMax else { throw .malformed("A chunk extension is too long.") }
    return .extensions(size: size, bytes: count + 1)
  }

  private mutating func afterTrailer(_ byte: UInt8) throws(WireFault) -> State {
    trailerBytes += 1
    guard trailerBytes <= limits.trailerBytesMax else { throw WireFault(.headerTooLarge, "The trailer section has too many bytes.") }
    switch state {
    case .trailerLineStart where byte == ByteClass.carriageReturn: return .finalLineFeed
    case .trailerLineStart:
      guard ByteClass.isToken(byte) else { throw .malformed("A trailer field doesn't begin with a name.") }
      return .trailerLine(hasColon: false)
    case .trailerLine(hasColon: false):
      if byte == ByteClass.colon { return .trailerLine(hasColon: true) }
      guard ByteClass.isToken(byte) else { throw .malformed("A trailer field name is not a token followed by a colon.") }
      return state
    case .trailerLine(hasColon: true):
      if byte == ByteClass.carriageReturn { return .trailerLineFeed }
      guard ByteClass.isFieldValue(byte) else { throw .malformed("A trailer field holds a control character.") }
      return state
    case .trailerLineFeed:
      try expect(byte, ByteClass.lineFeed)
      return .trailerLineStart
    default:
      try expect(byte, ByteClass.lineFeed)
      return .ended
    }
  }

  private func expect(_ byte: UInt8, _ wanted: UInt8) throws(WireFault) {
    guard byte == wanted else { throw .malformed("A line of the chunked body doesn't end with CR LF.") }
  }
}
