internal import Kernel
internal import Platform
internal import Security

/// Asks a running stack, as each of two brands, for everything that the other has (`docs/operating/isolation.md`).
///
/// First both brands get one of each kind of thing. Then each asks for the other's, while a fingerprint shows that nothing of the other
/// changes. Last each asks for its own, so that it is seen that there was something to find.
package struct IsolationAudit: Sendable {
  /// How many entries or versions one brand makes to get past the other's numbers.
  private static let overtakingSteps = 400

  private let stack: HarnessStack
  private let doors: IsolationDoors
  private let run: String
  private let table: IsolationTable
  private let program: IsolationProgram?
  private let progress: @Sendable (String) -> Void

  /// - Parameters:
  ///   - run: makes the names of this run its own: letters and digits.
  ///   - program: whose commands are asked too; nil leaves them out.
  ///   - progress: told what is being done.
  package init(
    stack: HarnessStack, identity: IsolationIdentity, run: String, program: IsolationProgram? = nil,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.stack = stack
    table = .cordon
    self.program = program
    self.run = run
    self.progress = progress
    doors = IsolationDoors(stack: stack, identity: identity)
  }

  /// - Throws: ``HarnessFault`` or ``IsolationFault`` where the audit can't be held, or a driver's error.
  package func report() async throws -> IsolationReport {
    let mode = try await stack.profile()
    let brands = try await stack.seedBrands()
    let denied = try await wouldDeny()
    let operations = try await IsolationDocuments(stack: stack).operations()
    var findings = IsolationCoverage.findings(operations, table)
    progress("making things in \(brands.first.code) and \(brands.second.code)")
    let password = RandomPassword.make()
    var sides = [try await side(brands.first, password), try await side(brands.second, password)]
    let named = Dictionary(operations.map { ("\($0.role.rawValue) \($0.id)", $0) }) { first, _ in first }
    var directions: [Direction] = []
    for (asker, owner) in [(0, 1), (1, 0)] {
      sides[asker].canaries.keep(.entry, .integer(try await sides[asker].cast.lastEntry()))
      let isAhead = try await sides[owner].cast.overtake(sides[asker].canaries, &sides[owner].canaries, steps: Self.overtakingSteps)
      let probe = IsolationProbe(
        asker: sides[asker].cast, askers: sides[asker].canaries, owner: sides[owner].cast, owners: sides[owner].canaries, operations: named,
        mode: mode, isAhead: isAhead)
      let (direction, changes) = try await ask(probe, sides[owner].cast.brand)
      directions.append(direction)
      findings += changes
    }
    var outcomes = nothings(operations)
    for direction in directions { try await settle(direction, &outcomes, &findings) }
    for side in sides { try await clean(side) }
    findings += try await beyondHTTP()
    return IsolationReport(
      environment: try await stack.health(.gateway).environment, mode: EnforcementMode(rawValue: mode.rawValue) ?? .enforce,
      brands: sides.compactMap { side in
        guard let id = BrandID(side.cast.brand.id), let code = BrandCode(side.cast.brand.code) else { return nil }
        return IsolationReport.AuditedBrand(id: id, code: code)
      },
      operations: operations.count, outcomes: outcomes, findings: findings, wouldDeny: denied)
  }

  // MARK: Asking

  /// What one brand was answered about the other's things.
  private struct Direction {
    let probe: IsolationProbe
    var steps: [IsolationProbe.Step] = []
    let commands: IsolationCommandProbe?
    var answered: [IsolationCommandProbe.Pending] = []
  }

  /// One direction, and whether anything of the owner changed meanwhile.
  private func ask(_ probe: IsolationProbe, _ owner: DemoBrand) async throws -> (Direction, [IsolationFinding]) {
    let commands = program.map {
      IsolationCommandProbe(program: $0, asker: probe.askers.brand, owner: probe.owners, isAhead: probe.isAhead)
    }
    var direction = Direction(probe: probe, commands: commands)
    guard let id = BrandID(owner.id) else { return (direction, []) }
    let store = BrandFingerprintStore(database: stack.database, redis: stack.redis)
    let before = try await store.settled(id)
    for row in table.rows { direction.steps += try await probe.ask(row, progress: progress) }
    if let commands {
      progress("\(probe.askers.brand.code) asks the command line")
      direction.answered = try await commands.ask()
    }
    let changes = try await store.take(id).differences(to: before).map {
      IsolationFinding(.change, $0.hasPrefix("key") ? "redis" : "postgres", $0, "of \(owner.code) changed while only the other brand asked")
    }
    return (direction, changes)
  }

  /// Now the owners ask for their own.
  private func settle(
    _ direction: Direction, _ outcomes: inout [IsolationOutcome], _ findings: inout [IsolationFinding]
  ) async throws {
    progress("\(direction.probe.owners.brand.code) asks for its own")
    for step in direction.steps {
      var settled = step
      if case .pending(let pending) = step { settled = try await direction.probe.control(pending) }
      switch settled {
      case .pending: continue
      case .outcome(let outcome): outcomes.append(outcome)
      case .fault(let finding, let outcome):
        findings.append(finding)
        outcomes.append(outcome)
      }
    }
    guard let commands = direction.commands else { return }
    for pending in direction.answered {
      let (outcome, finding) = try await commands.control(pending)
      outcomes.append(outcome)
      findings += [finding].compactMap { $0 }
    }
  }

  /// The rows of which nothing can be asked.
  private func nothings(_ operations: [DescribedOperation]) -> [IsolationOutcome] {
    table.rows.compactMap { row in
      let (verdict, why): (IsolationOutcome.Verdict, String)
      switch row.subject {
      case .nothing(.namesNothing(let reason)): (verdict, why) = (.namesNothing, reason)
      case .nothing(.platformWide(let reason)): (verdict, why) = (.platformWide, reason)
      case .asks(let ask):
        guard ask.probes.isEmpty else { return nil }
        (verdict, why) = (.namesNothing, "takes no identifier of a brand's own thing")
      }
      return IsolationOutcome(
        role: row.role.rawValue, operation: row.operation, place: nil, actor: row.actor, asker: "", owner: "", verdict: verdict, detail: why
      )
    }
  }

  // MARK: Sides

  private struct Side {
    let cast: IsolationCast
    var canaries: IsolationCanaries
  }

  private func side(_ brand: DemoBrand, _ password: String) async throws -> Side {
    let account = SeedOperator(id: IsolationIdentity.operatorID(of: brand), password: password, role: "operator")
    try await IsolationOperatorStore(database: stack.database, hasher: PasswordHasher()).ensure(account, in: brand)
    let reply = try await stack.client.send(
      "POST", "/v1/admin/sessions", at: stack.url(.adminService), body: ["admin_id": account.id, "password": account.password])
    guard let token = JSONMember.text("access_token", of: reply.body) else {
      throw IsolationFault.unexpected("the sign-in of \(account.id)", reply.summary)
    }
    let cast = IsolationCast(doors: doors, brand: brand, operatorToken: token, run: run, password: password)
    return Side(cast: cast, canaries: try await cast.make())
  }

  /// Hosts and configuration are looked at by everybody, so the audit leaves none behind.
  private func clean(_ side: Side) async throws {
    for (list, name, prefix) in [("domains", "host", "iso-"), ("brand-config", "key", "isolation_")] {
      let reply = try await side.cast.operate("GET", list, nil)
      guard case .array(let items)? = JSONMember.value("data", of: reply.body) else { continue }
      let own = items.compactMap { $0[name]?.text }.filter { $0.hasPrefix(prefix) }
      for name in own { _ = try? await side.cast.operate("DELETE", "\(list)/\(name)", nil) }
    }
  }

  // MARK: Beside the routes

  private func beyondHTTP() async throws -> [IsolationFinding] {
    progress("looking at the catalogue and at Redis")
    let catalogue = try await CatalogueAudit(database: stack.database).findings().map {
      IsolationFinding(.catalogue, "postgres", $0.object, "\($0.rule.meaning)" + ($0.detail.isEmpty ? "" : " (\($0.detail))"))
    }
    let brands = Set(try await BrandCatalog(database: stack.database).all().map(\.id.rawValue))
    return catalogue + (try await RedisSurvey(redis: stack.redis).findings(brands: brands))
  }

  private func wouldDeny() async throws -> [(counter: String, count: Int64)] {
    var totals: [Double] = QuietCounter.all.map { _ in 0 }
    for role in RoleFactory.available {
      let metrics = try await stack.metrics(role)
      for (index, counter) in QuietCounter.all.enumerated() { totals[index] += metrics.total(counter.metric, counter.labels) }
    }
    return zip(QuietCounter.all, totals).map { counter, total in
      let labels = counter.labels.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
      return (counter.metric + labels, Int64(total))
    }
  }
}
