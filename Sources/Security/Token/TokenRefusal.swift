package import Kernel

/// Why a token is refused. The cases stand in the order in which they are checked: the first that applies is reported, and
/// nothing of a token is believed before its signature was verified.
package enum TokenRefusal: String, Error, CaseIterable, Sendable {
  // The form, before any key is used.
  /// Longer than ``TokenVerifier/tokenBytesMax``.
  case tooLong = "too_long"
  /// Not three non-empty parts between two dots (RFC 7515 section 7.1).
  case notCompact = "not_compact"
  /// A part that is not base64url in its one spelling.
  case encoding
  /// The header is not strict JSON, or names a member twice.
  case headerMalformed = "header_malformed"
  /// The header has a member besides `alg`, `typ` and `kid`: no `crit`, `b64`, `zip`, `jku`, `jwk`, `x5u`, `x5c`.
  case headerMember = "header_member"
  /// `alg` is not RS256 to the letter.
  case algorithm
  /// `typ` is that of another kind of token.
  case type
  case keyIDMissing = "kid_missing"
  /// No accepted key has this name (S0-JWT-08).
  case unknownKeyID = "unknown_kid"
  case signature

  // What the issuer signed.
  case payloadMalformed = "payload_malformed"
  /// `aud` names another service or is not one string.
  case audience
  /// No `brand_id`: a token of the time before brands (S0-RES-07, S0-JWT-13).
  case brandMissing = "brand_missing"
  /// `brand_id` is not an integer above zero.
  case brandInvalid = "brand_invalid"
  /// `iss` is not the issuer of that brand.
  case issuer
  /// `sub` is not a player id (or `admin_id`, `role`, `brand_ids` of an operator have no usable value).
  case subject
  /// `sid`.
  case session
  /// `jti`.
  case tokenID = "token_id"
  /// `iat` is absent, not an integer, or in the future.
  case issuedAt = "issued_at"
  /// `nbf` is not an integer or in the future.
  case notBefore = "not_before"
  /// `exp` is absent, not an integer, not after `iat`, or further from it than the kind allows.
  case lifetime
  case expired

  /// What the client is told.
  package var reason: ProblemReason {
    switch self {
    case .unknownKeyID: .unknownKeyID
    case .expired: .tokenExpired
    case .brandMissing, .brandInvalid: .jwtDomainMismatch
    case .tooLong, .notCompact, .encoding, .headerMalformed, .headerMember, .algorithm, .type, .keyIDMissing, .signature,
      .payloadMalformed, .audience, .issuer, .subject, .session, .tokenID, .issuedAt, .notBefore, .lifetime:
      .invalidToken
    }
  }
}
