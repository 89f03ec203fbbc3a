/// `cordon audit sql` finds no statement that no brand holds (S0-CLS-14, S0-ENF-21).
struct SourceCheck: GateCheck {
  func look(at scene: GateScene) throws -> GateFinding {
    let faults = try scene.auditSources()
    return .judged("cordon audit sql: \(faults.count) statements that no brand holds", faults: faults)
  }
}
