/// What the per-address limit says of one more request.
enum RateVerdict: Hashable, Sendable {
  case within
  case exceeded(limit: Int, retryAfterSeconds: Int)
  /// Redis holds the windows and doesn't answer.
  case unavailable
}
