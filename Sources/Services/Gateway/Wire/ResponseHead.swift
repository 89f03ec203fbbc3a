internal import NIOCore

/// The head of an upstream's response.
struct ResponseHead {
  let bytes: ByteBuffer
  let status: Int
  /// The status code and the reason phrase, without the version before and the CR LF behind.
  let statusAndReason: Range<Int>
  let fields: [HeadField]
  let framing: BodyFraming
  /// Whether the upstream keeps its connection open after this response.
  let keepAlive: Bool
}
