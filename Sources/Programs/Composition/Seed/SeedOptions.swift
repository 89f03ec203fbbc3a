/// What a run of the seed includes, and in whose name it acts.
package struct SeedOptions: Sendable {
  /// Stands in the audit of everything that the seed makes.
  package let operatorID: String
  /// Bank rows of the default brand, for local data only (S0-MIG-21).
  package let includesLocalBanks: Bool
  package let account: SeedOperator?

  package init(operatorID: String = "cordon-seed", includesLocalBanks: Bool, account: SeedOperator? = nil) {
    self.operatorID = operatorID
    self.includesLocalBanks = includesLocalBanks
    self.account = account
  }
}
