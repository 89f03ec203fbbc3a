package import Kernel
internal import Platform
package import Postgres
internal import Wallet

/// Checks of brands' money by an operator (S0-WAL-07). Changes nothing.
package struct WalletCheckOperations: Sendable {
  private let database: Database

  package init(database: Database) { self.database = database }

  /// - Parameters:
  ///   - brand: nil for every brand, one after the other.
  ///   - progress: told how far a brand's check has got, after each piece.
  package func run(
    brand: BrandID?, isFull: Bool, progress: @escaping @Sendable (Brand, _ entries: Int64, _ players: Int64) -> Void
  ) async throws -> [WalletCheckResult] {
    let every = try await BrandCatalog(database: database).all()
    let chosen = every.filter { brand == nil || $0.id == brand }
    if let brand, chosen.isEmpty { throw OperationRefused(.notFound, "there is no brand \(brand)") }
    var results: [WalletCheckResult] = []
    for brand in chosen {
      let report = try await WalletCheck(database: database).run(brand.id, isFull: isFull) {
        progress(brand, $0.entryCount, $0.playerCount)
      }
      results.append(
        WalletCheckResult(
          brand: brand, entryCount: report.entryCount, playerCount: report.playerCount, lastEntry: report.lastEntry,
          findings: report.findings.map { .init(kind: $0.kind.rawValue, subject: $0.subject, detail: $0.detail) }))
    }
    return results
  }
}
