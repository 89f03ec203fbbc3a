package import Kernel

/// What the harness expects of refusals, by the mode that the stack reports (C-09, `docs/decisions`).
package enum HarnessProfile: String, Sendable, CaseIterable {
  /// Failed brand checks are counted; what follows is what the request is worth within the host's brand.
  case observe
  /// They are counted and rejected.
  case enforce

  /// - Parameter mode: `enforcement_mode` of `/health`; nil for `off`.
  package init?(_ mode: EnforcementMode) { self.init(rawValue: mode.rawValue) }

  /// What the gateway answers a token of another brand with. In `observe` it is a token without a session here (S0-RES-08).
  var foreignToken: String { self == .enforce ? "403 jwt_domain_mismatch" : "401 session_missing" }

  /// What the wallet answers a command on another brand's player with. In `observe` the brand has no such player.
  var foreignPlayer: String { self == .enforce ? "403 cross_brand_rejected" : "404 player_not_found" }
}
