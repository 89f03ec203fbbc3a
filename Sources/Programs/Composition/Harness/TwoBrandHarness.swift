internal import Kernel
internal import Platform
internal import Security

/// Nineteen checks of a running stack, that two brands on it can't touch each other (S0-E2E).
///
/// It goes in through the doors that everybody has, HTTP with a Host header, and looks at PostgreSQL and Redis with the rights of a service.
/// Nobody else may use the two brands meanwhile, since it compares what they were with what they are.
package struct TwoBrandHarness: Sendable {
  private let stack: HarnessStack
  private let run: String
  private let observe: @Sendable (HarnessOutcome) -> Void

  /// - Parameters:
  ///   - run: makes the keys of this run its own, so that a stack can be checked again and again.
  ///   - observe: told each outcome as it comes.
  package init(stack: HarnessStack, run: String, observe: @escaping @Sendable (HarnessOutcome) -> Void = { _ in }) {
    self.stack = stack
    self.run = run
    self.observe = observe
  }

  /// - Throws: ``HarnessFault`` where there is nothing to check, or a driver's error.
  package func verify() async throws -> HarnessReport {
    let profile = try await stack.profile()
    // The guard: on data that doesn't carry its brands no later check means anything (S0-E2E-06).
    let findings = try await BackfillVerification(database: stack.database, redis: stack.redis).findings()
    guard findings.isEmpty else { return HarnessReport(profile: profile, guardFindings: findings, outcomes: []) }
    let brands = try await stack.seedBrands()
    _ = try await SeedOperatorStore(database: stack.database, hasher: PasswordHasher(), operatorID: "two-brand-harness")
      .ensure(stack.account)
    let cast = HarnessCast(stack: stack, first: brands.first, second: brands.second)
    return HarnessReport(profile: profile, guardFindings: [], outcomes: await outcomes(checks(cast, profile)))
  }

  /// In the order of their numbers.
  private func checks(_ cast: HarnessCast, _ profile: HarnessProfile) -> [HarnessCheck] {
    let catalogue = CatalogueChecks(stack: stack, cast: cast, profile: profile)
    let surface = SurfaceChecks(stack: stack, cast: cast, profile: profile)
    let money = MoneyChecks(stack: stack, cast: cast, profile: profile, run: run)
    let configuration = ConfigurationChecks(stack: stack, cast: cast)
    let books = BookChecks(stack: stack, cast: cast)
    return [
      catalogue.identities, catalogue.hosts, catalogue.health, surface.accounts, money.reads, configuration.cashback,
      surface.providerAccounts, surface.forgedBrand, surface.removedPaths, surface.metricLabels, surface.foreignToken, money.identity,
      money.day(on: cast.first.code), money.day(on: cast.second.code), money.foreignPlayer, money.repetition, configuration.change,
      books.ledger, books.events,
    ]
  }

  private func outcomes(_ checks: [HarnessCheck]) async -> [HarnessOutcome] {
    let recorder = DemoRecorder(observe: { _ in })
    var outcomes: [HarnessOutcome] = []
    for (index, check) in checks.enumerated() {
      let outcome: HarnessOutcome
      switch check.work {
      case .skip(let why): outcome = HarnessOutcome(index + 1, check, skipped: why)
      case .run(let work):
        let step = await recorder.step(check.name, nil, expect: Comparison.agreement) {
          var comparison = Comparison()
          try await work(&comparison)
          return comparison.verdict
        }
        outcome = HarnessOutcome(index + 1, check, step)
      }
      outcomes.append(outcome)
      observe(outcome)
    }
    return outcomes
  }
}
