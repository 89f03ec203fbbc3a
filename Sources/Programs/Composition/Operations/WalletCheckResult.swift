package import Kernel

/// What checking a brand's money found.
package struct WalletCheckResult: Sendable {
  package struct Finding: Hashable, Sendable {
    package let kind: String
    package let subject: String
    package let detail: String
  }

  package let brand: Brand
  package let entryCount: Int64
  package let playerCount: Int64
  package let lastEntry: Int64
  package let findings: [Finding]
}
