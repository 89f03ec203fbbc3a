/// The times of a token: integers in seconds since 1970 (RFC 7519's NumericDate without fractions).
struct TokenTimes {
  let issuedAt: Int64
  let expiresAt: Int64

  /// The last second of the year 9999; beyond it lies a mistake, and sums with it could overflow.
  private static let secondsMax: Int64 = 253_402_300_799

  init(_ payload: TokenMembers, kind: TokenKind, now: Int64, leewaySeconds: Int64) throws(TokenRefusal) {
    guard let issuedAt = Self.moment(payload, "iat"), issuedAt <= now + leewaySeconds else { throw .issuedAt }
    if payload.names.contains("nbf") {
      guard let notBefore = Self.moment(payload, "nbf"), notBefore <= now + leewaySeconds else { throw .notBefore }
    }
    guard let expiresAt = Self.moment(payload, "exp"), expiresAt > issuedAt, expiresAt - issuedAt <= kind.lifetimeSecondsMax
    else { throw .lifetime }
    guard now < expiresAt + leewaySeconds else { throw .expired }
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
  }

  private static func moment(_ payload: TokenMembers, _ name: String) -> Int64? {
    guard let value = payload.integer(name), (0...secondsMax).contains(value) else { return nil }
    return value
  }

  /// The form of `sid` and `jti`: they become parts of Redis keys and log lines, so they hold nothing that means something there.
  static func isIdentifier(_ text: String) -> Bool {
    let bytes = text.utf8
    return (1...64).contains(bytes.count)
      && bytes.allSatisfy {
        switch $0 {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
        default: false
        }
      }
  }
}
