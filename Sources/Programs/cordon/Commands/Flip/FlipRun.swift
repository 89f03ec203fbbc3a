internal import Composition
internal import Kernel
internal import Platform
internal import Postgres

/// One invocation of a flip: the evidence, its audit row, then the services one after the other.
struct FlipRun {
  /// All steps of a revert together (S0-ENF-12).
  private static let budget: Duration = .seconds(30 * 60)

  private let direction: FlipDirection
  private let arguments: FlipArguments
  private let requestsMin: Int
  private let gate: GateArguments?

  /// - Parameter gate: nil where nothing has to be proven, which is the way back.
  init(_ direction: FlipDirection, _ arguments: FlipArguments, requestsMin: Int, gate: GateArguments?) {
    self.direction = direction
    self.arguments = arguments
    self.requestsMin = requestsMin
    self.gate = gate
  }

  func run() async throws {
    try arguments.check()
    let act = try arguments.operation.act()
    let configuration = try arguments.configuration.load()
    let operations = try arguments.deployment.operations(configuration)
    let plan = try plan(configuration)
    let contract = SoakContract(accessMinutes: configuration.integer(Settings.jwtMinutes) ?? 60, requestsMin: requestsMin)
    let evidence = FlipEvidence(
      findings: await operations.findings(plan, contract), wouldDeny: try FlipOperations.wouldDeny(logs: gate?.logs ?? []),
      gate: try await gateResults(operations))
    try await audit(plan, act, evidence.refusals)
    arguments.output.print(json: FlipReport.json(plan, evidence, contract), text: FlipReport.text(plan, evidence, contract))
    guard evidence.refusals.isEmpty else {
      throw CommandFailure(.conflict, "not ready for enforce: \(evidence.objectors.joined(separator: ", "))")
    }
    if !arguments.isDryRun { try await flip(plan, evidence.findings, operations) }
  }

  /// A rehearsal without a database has no gate to look at.
  private func gateResults(_ operations: FlipOperations) async throws -> [GateResult] {
    guard let gate, !arguments.isUnaudited else { return [] }
    return try await gate.results(arguments.configuration, operations, beforeFlip: true)
  }

  private func plan(_ configuration: EffectiveConfiguration) throws -> FlipPlan {
    let chosen = try arguments.chosen()
    guard
      let plan = FlipPlan(direction, environment: configuration.environment.label, only: chosen, of: FlipOperations.services)
    else {
      throw CommandFailure(.usage, "--service is one of \(FlipOperations.services.map(\.rawValue).joined(separator: ", "))")
    }
    return plan
  }

  /// Exit status 3 and no plan where nobody could sign for it (S0-ENF-17).
  private func audit(_ plan: FlipPlan, _ act: OperatorAct, _ refusals: [String]) async throws {
    guard !arguments.isUnaudited else { return Terminal.message("NOT AUDITED: a rehearsal, nothing is flipped") }
    do {
      try await DatabaseSession.with(arguments.configuration) { database in
        try await FlipOperations.record(plan, by: act, isDryRun: arguments.isDryRun, refusals: refusals, in: database)
      }
    } catch let error as PostgresError {
      throw CommandFailure(.verificationFailed, "the audit row can't be written, so nothing is done: \(error)")
    }
  }

  private func flip(_ plan: FlipPlan, _ findings: [FlipFinding], _ operations: FlipOperations) async throws {
    let end = ContinuousClock.now + Self.budget
    let mode = plan.direction.targetMode
    for role in plan.services {
      // What somebody did before us, or an earlier invocation that was stopped, is not done again (S0-RB-11).
      guard !findings.filter({ $0.instance.role == role }).allSatisfy({ $0.isThere(mode) }) else {
        Terminal.message("\(role.rawValue): is in \(mode.rawValue) already")
        continue
      }
      try await step(role, to: mode, until: min(ContinuousClock.now + .seconds(arguments.stepSeconds), end), operations)
    }
  }

  private func step(_ role: ServiceRole, to mode: EnforcementMode, until end: ContinuousClock.Instant, _ operations: FlipOperations)
    async throws
  {
    Terminal.message("\(role.rawValue): to \(mode.rawValue)")
    if let command = arguments.apply {
      try await ApplyHook(command: command).run(
        ["FLIP_SERVICE": role.rawValue, "FLIP_MODE": mode.rawValue], for: role.rawValue, within: end - ContinuousClock.now,
        consequence: "the services behind it were left alone")
    }
    let missing = try await operations.missing(role, runs: mode, within: end - ContinuousClock.now)
    guard missing.isEmpty else {
      throw CommandFailure(
        .temporary,
        "\(role.rawValue) does not say that it runs in \(mode.rawValue) at \(missing.map(\.url).joined(separator: ", ")); the services before it do, those behind it were left alone"
      )
    }
    Terminal.message("\(role.rawValue): /health says \(mode.rawValue)")
  }
}
