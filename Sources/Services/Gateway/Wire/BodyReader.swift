internal import NIOCore

/// Reads one message's body off a connection, whichever way its end is marked.
struct BodyReader {
  private enum Source {
    case nothing
    case counted(remaining: Int64)
    case chunks(ChunkedBodyReader)
    case untilClose
  }

  private var source: Source

  init(_ framing: BodyFraming, limits: WireLimits) {
    source =
      switch framing {
      case .none: .nothing
      case .length(let length): .counted(remaining: length)
      case .chunked: .chunks(ChunkedBodyReader(limits: limits))
      case .untilClose: .untilClose
      }
  }

  /// The next piece; takes from the front of `buffer` what it has read. A body that lasts until the close never says `.ended`.
  mutating func next(_ buffer: inout ByteBuffer) throws(WireFault) -> BodyPiece {
    switch source {
    case .nothing: return .ended
    case .counted(let remaining):
      guard remaining > 0 else { return .ended }
      guard let slice = buffer.readSlice(length: Int(min(remaining, Int64(buffer.readableBytes)))), slice.readableBytes > 0 else {
        return .needsMore
      }
      source = .counted(remaining: remaining - Int64(slice.readableBytes))
      return .bytes(slice)
    case .chunks(var reader):
      // The reader's state goes back in on every way out, or a piece would be read twice.
      defer { source = .chunks(reader) }
      return try reader.next(&buffer)
    case .untilClose:
      guard let slice = buffer.readSlice(length: buffer.readableBytes), slice.readableBytes > 0 else { return .needsMore }
      return .bytes(slice)
    }
  }
}
