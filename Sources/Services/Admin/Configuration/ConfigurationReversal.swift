package import Kernel
package import Postgres

/// The reversal of an audited write of `brand_config` for somebody who has a shell instead of a session (S0-RB-13, C-15).
package struct ConfigurationReversal: Sendable {
  private let store: ConfigurationStore

  package init(database: Database) { store = ConfigurationStore(database: database) }

  /// - Returns: the key that has its value of before again.
  package func revert(_ audit: Int64, reason: String, brand: BrandID, by operatorID: String) async throws -> String {
    try await store.revert(audit, reason: reason, brand: brand, by: operatorID)
  }
}
