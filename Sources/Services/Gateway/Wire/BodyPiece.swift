internal import NIOCore

/// What a body reader makes of the bytes that it is shown.
enum BodyPiece: Hashable {
  case bytes(ByteBuffer)
  case needsMore
  case ended
}
