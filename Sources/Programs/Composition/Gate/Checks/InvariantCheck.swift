internal import Kernel

/// The worker that checks the wallet's money runs, and knows of no fault.
struct InvariantCheck: GateCheck {
  func look(at scene: GateScene) async throws -> GateFinding {
    let answers = scene.answers(of: .walletWorker)
    let broken = answers.states.flatMap { $0.metrics.series("wallet_invariant_violations").filter { $0.value > 0 } }
    let blind = answers.states.contains { !$0.metrics.families.contains("wallet_invariant_violations") }
    return .judged(
      "wallet_invariant_violations at wallet_worker",
      faults: answers.faults + broken.map { "\($0.name) is \(Int($0.value))" } + (blind ? ["wallet_worker checks no money"] : []))
  }
}
