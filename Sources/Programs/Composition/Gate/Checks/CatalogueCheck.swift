/// `cordon audit catalogue` finds nothing: no statement can reach another brand's rows, whatever it says.
struct CatalogueCheck: GateCheck {
  func look(at scene: GateScene) async throws -> GateFinding {
    let findings = try await CatalogueAudit(database: scene.database).findings()
    return .judged("cordon audit catalogue: \(findings.count) findings", faults: findings.map(\.description))
  }
}
