/// The append-only ledgers that are logs. Each has a layout (``LedgerLayout``); a new ledger is a case here and a declaration there.
package enum Ledger: String, CaseIterable, Sendable, Comparable {
  case adminAudit = "admin_audit"
  case playerBalanceLog = "player_balance_log"
  case recoveryAudit = "recovery_audit"
  case securityAuditLogs = "security_audit_logs"
  case systemEvent = "system_event"
  case walletLedger = "wallet_ledger"

  /// By name, byte for byte.
  package static func < (left: Ledger, right: Ledger) -> Bool {
    Array(left.rawValue.utf8).lexicographicallyPrecedes(Array(right.rawValue.utf8))
  }
}
