internal import Audit
internal import Kernel
internal import Platform
internal import Postgres

/// The SQL of operators.
struct OperatorStore: Sendable {
  let database: Database

  func find(_ id: String) async throws -> StaffMember? {
    try await database.withPlatform { transaction in
      let answers = try await transaction.pipeline([
        "SELECT password_hash, roles, status FROM cordon.staff WHERE admin_id = \(id)",
        "SELECT brand_id FROM cordon.staff_brand WHERE admin_id = \(id) ORDER BY brand_id",
      ])
      guard let row = answers[0].first else { return nil }
      return StaffMember(
        id: id, passwordHash: try row.get("password_hash"), roles: try row.get("roles"),
        isActive: try row.get("status", as: String.self) == "active",
        brands: try answers[1].map { try $0.get("brand_id", as: BrandID.self) })
    }
  }

  /// - Parameter newHash: replaces a hash of yesterday's cost; nil leaves the stored one.
  func recordSignIn(_ entry: AuditEntry, of id: String, newHash: String?) async throws {
    try await database.withPlatform { transaction in
      if let newHash {
        try await transaction.execute("UPDATE cordon.staff SET password_hash = \(newHash), updated_at = now() WHERE admin_id = \(id)")
      }
      _ = try await AdminAudit.append(entry, brand: nil, in: transaction)
    }
  }
}
