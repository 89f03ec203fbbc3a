package import Audit
package import Kernel
internal import Platform
package import Postgres

/// What an operator does with a brand that is suspected of having been tampered with (S4-INC-07).
package struct ContainmentOperations: Sendable {
  private static let historyMax: Int64 = 20

  private let database: Database

  package init(database: Database) { self.database = database }

  /// Every brand, or the one, with its last containments.
  package func status(_ brand: BrandID?) async throws -> [(brand: Brand, history: [Containment])] {
    var found: [(brand: Brand, history: [Containment])] = []
    for brand in try await brands(brand) {
      let history = try await database.withBrand(brand.id) { try await ContainmentStore.all(limit: Self.historyMax, $0) }
      found.append((brand, history))
    }
    return found
  }

  /// - Returns: false where the brand was contained already.
  package func begin(_ brand: BrandID, by act: OperatorAct) async throws -> Bool {
    try await change(brand, .containmentBegin, act) { try await ContainmentStore.begin(by: act.operatorID, reason: act.reason, $0) }
  }

  /// - Returns: false where the brand was not contained.
  package func end(_ brand: BrandID, by act: OperatorAct) async throws -> Bool {
    try await change(brand, .containmentEnd, act) { try await ContainmentStore.end(by: act.operatorID, reason: act.reason, $0) }
  }

  private func change(
    _ brand: BrandID, _ action: AuditAction, _ act: OperatorAct, _ step: (BrandTransaction) async throws -> Bool
  ) async throws -> Bool {
    _ = try await brands(brand)
    return try await database.withBrand(brand) { transaction in
      let isChanged = try await step(transaction)
      guard isChanged else { return false }
      let entry = AuditEntry(action, .containment, "\(brand)", by: act.operatorID, reason: act.reason)
      try await AdminAudit.append(entry, in: transaction)
      return true
    }
  }

  private func brands(_ brand: BrandID?) async throws -> [Brand] {
    let chosen = try await BrandCatalog(database: database).all().filter { brand == nil || $0.id == brand }
    if let brand, chosen.isEmpty { throw OperationRefused(.notFound, "there is no brand \(brand)") }
    return chosen
  }
}
