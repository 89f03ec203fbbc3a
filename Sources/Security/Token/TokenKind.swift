internal import Kernel

/// The kinds of token that Cordon issues. A token of one kind is never accepted as another: `typ` and `aud` both differ
/// or the issuer's key does (RFC 8725 sections 3.11 and 3.12, RFC 9068, C-01).
package enum TokenKind: String, CaseIterable, Sendable {
  /// What a player's requests carry. Issued by `player_service`.
  case playerAccess
  /// What a player trades for a new pair. Issued by `player_service`, accepted by it alone, once.
  case playerRefresh
  /// What an operator's requests to `admin_service` carry. Issued under the admin key.
  case operatorAccess

  /// The header's `typ`.
  package var type: String {
    switch self {
    case .playerAccess, .operatorAccess: "at+jwt"
    case .playerRefresh: "rt+jwt"
    }
  }

  package var audience: String {
    switch self {
    case .playerAccess: "cordon-player"
    case .playerRefresh: "cordon-player-refresh"
    case .operatorAccess: "cordon-admin"
    }
  }

  /// The longest life that a verifier believes, in seconds, whatever `exp` says: a mistake at an issuer can't make tokens
  /// that outlive every rotation. Issuers stay far below (60 minutes and 7 days by default).
  package var lifetimeSecondsMax: Int64 {
    switch self {
    case .playerAccess, .operatorAccess: 24 * 3600
    case .playerRefresh: 400 * 24 * 3600
    }
  }
}
