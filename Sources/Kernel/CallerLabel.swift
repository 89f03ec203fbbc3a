/// The short wire label of an internal caller: `X-Caller-Service` and every `caller_service` and `caller` metric label (S0-SVC-05).
package enum CallerLabel: String, CaseIterable, Sendable, Hashable {
  case gateway
  case admin
  case agent
  case game
  case promotion
  case recon
  case rolling
  case player
  /// Only when the wallet itself calls out (C-66).
  case wallet

  /// The suffix of `INTERNAL_SERVICE_TOKEN_<…>`.
  package var environmentSuffix: String { rawValue.uppercased() }

  /// The callers that sign brand-scoped writes (S0-SIG-02).
  package static let signers: Set<CallerLabel> = [.gateway, .admin, .game, .promotion, .recon, .rolling]
}
