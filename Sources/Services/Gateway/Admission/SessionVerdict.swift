/// Whether the session of a token still lives under the brand.
enum SessionVerdict: Hashable, Sendable {
  case living
  case missing
  /// Redis holds the sessions and doesn't answer.
  case unavailable
}
