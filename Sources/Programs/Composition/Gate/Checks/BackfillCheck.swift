/// `cordon db backfill verify` finds nothing.
struct BackfillCheck: GateCheck {
  func look(at scene: GateScene) async throws -> GateFinding {
    let findings = try await BackfillVerification(database: scene.database, redis: scene.redis).findings()
    return .judged("cordon db backfill verify: \(findings.count) findings", faults: findings.map(\.description))
  }
}
