/// How long tokens live, in seconds.
struct SessionLifetimes: Sendable {
  /// `JWT_EXPIRE_MIN`, 60 minutes by default (S0-JWT-07).
  let accessSeconds: Int64
  /// `REFRESH_TOKEN_TTL`, 7 days by default (C-22).
  let refreshSeconds: Int64
}
