/// How the end of a message's body is found.
enum BodyFraming: Hashable, Sendable {
  case none
  /// Exactly this many bytes, more than zero.
  case length(Int64)
  case chunked
  /// A response that lasts until the connection closes.
  case untilClose
}
