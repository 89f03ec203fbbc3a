package import Kernel
package import Postgres
internal import Platform

/// Asks the live database how far its ledgers are, as the application, brand by brand. Changes nothing.
package struct LiveEndStore: Sendable {
  private let database: Database

  package init(database: Database) { self.database = database }

  package func ends() async throws -> [BrandID: LiveEnd] {
    var ends: [BrandID: LiveEnd] = [:]
    for brand in try await BrandCatalog(database: database).all() {
      let row = try await database.withBrand(brand.id) { transaction in
        try await transaction.query(
          "SELECT seq, created_at FROM wallet.wallet_ledger WHERE brand_id = \(transaction.brand) ORDER BY seq DESC LIMIT 1"
        ).first
      }
      if let row { ends[brand.id] = LiveEnd(entries: try row.get("seq"), at: try row.get("created_at")) }
    }
    return ends
  }
}
