internal import Audit
internal import Platform
internal import Postgres
internal import Security

/// The operator account of a demonstration.
struct SeedOperatorStore: Sendable {
  let database: Database
  let hasher: PasswordHasher
  let operatorID: String

  /// Makes the account, or gives it the password if it has another one.
  func ensure(_ account: SeedOperator) async throws -> SeedReport.Outcome {
    let stored = try await storedHash(account.id)
    if let stored, try await hasher.verify(account.password, against: stored) != .wrong { return .kept }
    // Hashing takes long, so it is done outside of any transaction.
    let hash = try await hasher.hash(account.password)
    let roles: JSONValue = ["roles": [.string(account.role)]]
    return try await database.withPlatform { transaction in
      try await transaction.execute(
        """
        INSERT INTO cordon.staff (admin_id, password_hash, roles) VALUES (\(account.id), \(hash), \([account.role]))
        ON CONFLICT (admin_id) DO UPDATE SET password_hash = excluded.password_hash, updated_at = now()
        """)
      try await AdminAudit.append(
        AuditEntry(
          stored == nil ? .operatorCreate : .operatorPassword, .staff, account.id, by: operatorID, new: stored == nil ? roles : nil),
        brand: nil, in: transaction)
      return stored == nil ? .created : .changed
    }
  }

  private func storedHash(_ id: String) async throws -> String? {
    let rows = try await database.withPlatform { transaction in
      try await transaction.query("SELECT password_hash FROM cordon.staff WHERE admin_id = \(id)")
    }
    return try rows.first?.get("password_hash")
  }
}
