internal import Admin
package import Kernel
package import Postgres

/// What an operator does to a brand's configuration from the shell.
package struct ConfigurationOperations: Sendable {
  private let reversal: ConfigurationReversal

  package init(database: Database) { reversal = ConfigurationReversal(database: database) }

  /// Restores what the audited write of this number replaced (S0-RB-13). - Returns: the key.
  package func revert(_ audit: Int64, brand: BrandID, by act: OperatorAct) async throws -> String {
    try await reversal.revert(audit, reason: act.reason, brand: brand, by: act.operatorID)
  }
}
