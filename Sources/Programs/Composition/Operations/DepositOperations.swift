package import Kernel
package import Postgres

/// What an operator asks about deposits.
package struct DepositOperations: Sendable {
  private static let listedMax: Int64 = 10_000

  private let database: Database

  package init(database: Database) { self.database = database }

  /// The brand's deposits that came through another brand's host, oldest first (S0-WAL-35). Only finds them: a pending one is put right by
  /// an operator who declines it, which is audited.
  package func mismatched(brand: BrandID) async throws -> [MismatchedDeposit] {
    try await database.withBrand(brand) { transaction in
      try await transaction.query(
        """
        SELECT d.deposit_id, d.player_id, d.status, d.amount, d.currency, d.origin_host, b.brand_id AS host_brand
        FROM cordon.player_deposit AS d JOIN cordon.domain_binding AS b ON b.host = d.origin_host
        WHERE d.brand_id = \(brand) AND b.brand_id <> \(brand)
        ORDER BY d.created_at, d.deposit_id LIMIT \(Self.listedMax)
        """)
    }.map { row throws(PostgresError) in try MismatchedDeposit(row: row) }
  }
}
