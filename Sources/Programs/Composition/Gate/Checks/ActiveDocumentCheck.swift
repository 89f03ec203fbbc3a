internal import Kernel
internal import Postgres

/// Every enabled brand has exactly one active topology and one active policy of its own.
struct ActiveDocumentCheck: GateCheck {
  func look(at scene: GateScene) async throws -> GateFinding {
    let brands = try await scene.enabledBrands()
    var faults: [String] = []
    for brand in brands {
      let active = try await active(of: brand.id, in: scene.database)
      if active.topologies != 1 { faults.append("brand \(brand.code) has \(active.topologies) active topologies") }
      if active.policies != 1 { faults.append("brand \(brand.code) has \(active.policies) active policies") }
    }
    return .judged("\(brands.count) enabled brands", faults: faults)
  }

  private func active(of brand: BrandID, in database: Database) async throws -> (topologies: Int64, policies: Int64) {
    try await database.withBrand(brand) { transaction in
      let topologies = try await transaction.query(
        "SELECT count(*) AS count FROM wallet.wallet_topology WHERE brand_id = \(transaction.brand) AND status = 'active'")
      let policies = try await transaction.query(
        "SELECT count(*) AS count FROM wallet.wallet_policy WHERE brand_id = \(transaction.brand) AND status = 'active'")
      return (try topologies.first?.get("count") ?? 0, try policies.first?.get("count") ?? 0)
    }
  }
}
