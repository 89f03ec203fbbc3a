/// Tables that belong together and are frozen together (C-23): a freeze of a family is a freeze of each of its tables.
///
/// Every table of the platform is in exactly one family, which a test compares with the database.
package enum TableFamily: String, CaseIterable, Sendable {
  case wallet
  case player
  case agent
  case admin
  case brand
  case config
  case bank
  case audit
  case evidence
  case callback
  case game

  package var tables: [String] {
    switch self {
    case .wallet:
      [
        "wallet_topology", "wallet_policy", "wallet_account", "wallet_balance", "wallet_command", "wallet_transaction", "wallet_ledger",
        "wallet_tombstone", "wallet_outbox", "wallet_chain", "player_balance_log",
        "wallet_check", "wallet_check_finding", "payment_callback",
      ]
    case .player: ["player", "player_session", "player_refresh_token", "player_login", "player_outbox"]
    case .agent: ["agent", "agent_brand", "agent_setting", "agent_domain"]
    case .admin: ["staff", "staff_brand"]
    case .brand: ["brand", "domain_binding"]
    case .config: ["config_key", "brand_config_default", "brand_config", "global_var"]
    case .bank: ["bank", "bank_card_group", "bank_card", "shooter_sms"]
    case .audit: ["admin_audit", "recovery_audit", "system_event", "security_audit_logs", "cross_brand_detection", "delegated_approval"]
    case .evidence:
      [
        "log_tile", "log_checkpoint", "log_cosignature", "platform_log_tile", "platform_log_checkpoint",
        "platform_log_cosignature", "containment",
        "security_audit_chain", "security_audit_key", "signing_key", "signing_pause",
      ]
    case .callback: ["game_callback_dead_letter"]
    case .game: ["game_account_alias", "game_session", "game_callback", "game_round", "game_provider_switch"]
    }
  }

  package static let tables: [String] = allCases.flatMap(\.tables)

  /// The tables that a person means: those of a family, else the one table of that name. Nil when there is neither. A family that has the name
  /// of one of its tables is the family; `cordon.player` and `player_login` are tables.
  package static func tables(named name: String) -> [String]? {
    if let family = TableFamily(rawValue: name) { return family.tables }
    let bare = name.split(separator: ".", omittingEmptySubsequences: false).last.map { String($0) } ?? name
    return tables.contains(bare) ? [bare] : nil
  }

  package static func family(of table: String) -> TableFamily? { allCases.first { $0.tables.contains(table) } }
}
