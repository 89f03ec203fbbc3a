/// `cordon sessions audit` finds no session without a brand.
struct SessionCheck: GateCheck {
  func look(at scene: GateScene) async throws -> GateFinding {
    let audit = try await SessionOperations(database: scene.database, redis: scene.redis).audit()
    return .judged(
      "\(audit.brandAware) sessions name their brand",
      faults: audit.withoutBrand.isEmpty ? [] : ["\(audit.withoutBrand.count) sessions name no brand: cordon sessions audit"])
  }
}
