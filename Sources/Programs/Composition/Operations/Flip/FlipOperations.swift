internal import Audit
package import Kernel
package import Platform
package import Postgres

/// What an operator does to flip `MULTI_BRAND_ENFORCEMENT` on the services of a deployment. A service reads its mode when it starts, so the
/// flip itself is somebody's deployment; this plans it, has it audited, looks at the evidence, and believes only what `/health` says.
package struct FlipOperations: Sendable {
  private static let pollPause: Duration = .milliseconds(200)

  /// The services that this release has and that have a mode.
  package static let services = RoleFactory.available.filter { FlipDirection.revert.order.contains($0) }

  /// Every instance of the deployment that is known here.
  package let instances: [ServiceInstance]
  private let probe: ServiceProbe

  /// - Parameter named: instances that the operator names. A role that none is named of is looked for at `CORDON_<ROLE>_URL`.
  package init(configuration: EffectiveConfiguration, named: [ServiceInstance] = [], probe: ServiceProbe = ServiceProbe()) {
    self.probe = probe
    instances = Self.services.flatMap { role in
      let own = named.filter { $0.role == role }
      return own.isEmpty
        ? [ServiceInstance(role: role, url: configuration.text(Settings.url(of: role)) ?? "http://127.0.0.1:\(role.defaultPort)")] : own
    }
  }

  package func states() async -> [ServiceInstance: ServiceState] { await probe.states(of: instances) }

  /// What each instance says at `/health` alone; nil where there is no answer.
  package func modes() async -> [(instance: ServiceInstance, mode: EnforcementMode?)] { await probe.modes(of: instances) }

  /// The one row of this invocation, whatever comes of it; written before anything is done.
  package static func record(
    _ plan: FlipPlan, by act: OperatorAct, isDryRun: Bool, refusals: [String], in database: Database
  ) async throws {
    try await database.withPlatform { transaction in
      try await AdminAudit.append(
        AuditEntry(
          .enforcementModeFlip, .multiBrandEnforcement, plan.environment, by: act.operatorID,
          new: plan.auditValue(reason: act.reason, isDryRun: isDryRun, refusals: refusals), reason: act.reason), brand: nil, in: transaction
      )
    }
  }

  /// The newest flips first (S0-ENF-19).
  package static func history(limit: Int, in database: Database) async throws -> [FlipRecord] {
    try await database.withPlatform { transaction in
      try await AdminAudit.page(
        AuditFilter(action: AuditAction.enforcementModeFlip.rawValue), before: nil, limit: limit, in: transaction
      ).map { try FlipRecord($0) }
    }
  }

  /// What each instance says of itself and what the contract has against flipping it. Going back needs no soak: there is nothing to object.
  package func findings(_ plan: FlipPlan, _ contract: SoakContract) async -> [FlipFinding] {
    let states = await states()
    return plan.services.flatMap { role in instances.filter { $0.role == role } }.map { instance in
      let state = states[instance]
      let objections: [String] =
        switch (state, plan.direction) {
        case (_, .revert): []
        case (nil, .forward): ["it can't be asked at \(instance.url)"]
        case (let state?, .forward): contract.objections(to: state)
        }
      return FlipFinding(instance: instance, state: state, objections: objections)
    }
  }

  /// What enforce would have refused, from the services' logs of the soak.
  package static func wouldDeny(logs: [String]) throws -> [WouldDeny] { WouldDeny.read(try logs.flatMap { try ServiceLog.lines(of: $0) }) }

  /// Waits until every instance of the service says that it runs in this mode.
  /// - Returns: those that don't in time.
  package func missing(_ role: ServiceRole, runs mode: EnforcementMode, within limit: Duration) async throws -> [ServiceInstance] {
    let end = ContinuousClock.now + limit
    var missing = instances.filter { $0.role == role }
    while true {
      var left: [ServiceInstance] = []
      for instance in missing where await probe.mode(of: instance) != mode { left.append(instance) }
      missing = left
      guard !missing.isEmpty, ContinuousClock.now < end else { return missing }
      try await Task.sleep(for: Self.pollPause)
    }
  }
}
