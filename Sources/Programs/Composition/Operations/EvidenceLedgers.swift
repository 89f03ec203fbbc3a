package import Audit
package import Platform
internal import Wallet

/// The ledgers that are logs. A new one is a line here, a layout (``LedgerLayout``), and two lines of its migration.
package enum EvidenceLedgers {
  package static let sources: [any LedgerSource] = [
    AdminAuditLedger(), BalanceLogLedger(), RecoveryAuditLedger(), SecurityAuditLedger(), SystemEventLedger(), WalletLedgerSource(),
  ]

  package static func catalog(_ brands: BrandCatalog) -> LogCatalog { LogCatalog(brands: brands, sources: sources) }
}
