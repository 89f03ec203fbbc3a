/// The kind of thing that was acted on: `admin_audit.resource`. Usually the name of its table.
package enum AuditResource: String, CaseIterable, Sendable {
  case brand
  case domainBinding = "domain_binding"
  case brandConfig = "brand_config"
  case globalVar = "global_var"
  case agent
  case agentBrand = "agent_brand"
  case staff
  /// A player's money; the key is the player_id.
  case playerWallet = "player_wallet"
  /// A version of the brand's topology; the key is its number.
  case walletTopology = "wallet_topology"
  /// A version of the brand's policy; the key is its number.
  case walletPolicy = "wallet_policy"
  case playerOutbox = "player_outbox"
  case walletOutbox = "wallet_outbox"
  /// The key is the provider.
  case gameProviderSwitch = "game_provider_switch"
  /// The key is the row's id.
  case gameCallbackDeadLetter = "game_callback_dead_letter"
  /// The key is the player_id, or `*` for all players of the brand.
  case playerSession = "player_session"
  /// A key that tokens are verified with; the key is its key id.
  case jwtKey = "jwt_key"
  /// The key is the frozen table.
  case tableFreeze = "table_freeze"
  /// The key is the environment's label.
  case multiBrandEnforcement = "MULTI_BRAND_ENFORCEMENT"
  /// The key is the name of the record that a person signed.
  case releaseGate = "release_gate"
  /// The key is the log's origin.
  case evidenceBundle = "evidence_bundle"
  /// The key is the file.
  case securityAuditLogs = "security_audit_logs"
  /// The key is the brand's number.
  case containment
  /// The key is its id.
  case delegatedApproval = "delegated_approval"
  /// The key is the operator's name and the number.
  case signingKey = "signing_key"
  /// The key is `*`: all logs.
  case signing
  /// The key is the backup's name.
  case backup
}
