internal import Audit
internal import Kernel
internal import Postgres
internal import Security

/// The operators of the audit: each may act in one brand alone.
struct IsolationOperatorStore: Sendable {
  let database: Database
  let hasher: PasswordHasher

  /// Makes the account, gives it the password, and admits it in the brand.
  func ensure(_ account: SeedOperator, in brand: DemoBrand) async throws {
    _ = try await SeedOperatorStore(database: database, hasher: hasher, operatorID: "isolation-audit").ensure(account)
    try await database.withPlatform { transaction in
      try await transaction.execute(
        """
        INSERT INTO cordon.staff_brand (admin_id, brand_id) VALUES (\(account.id), \(brand.id)) ON CONFLICT DO NOTHING
        """)
    }
  }
}
