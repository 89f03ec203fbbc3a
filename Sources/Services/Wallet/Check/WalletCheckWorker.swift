internal import Evidence
package import Kernel
package import Logging
package import Platform
package import Postgres
internal import Synchronization

/// Checks every brand's money all the time: the chain, the sums of commands, the buckets (S0-WAL-07, S0-RB-06).
///
/// Two loops: one behind the commands, and a slow one that reads everything again. Each step for a brand is one transaction, in which stands
/// what it found and how far it has got: a crash loses nothing and repeats at most a step. Several workers share the brands; each brand has
/// one checker at a time.
package final class WalletCheckWorker: Sendable {
  /// Sessions that check. Plans are made for each statement: one that was made while a table was small must not read the whole table later, and
  /// half a millisecond of planning is nothing here.
  package static let sessionSettings = ["plan_cache_mode=force_custom_plan"]
  /// Between two rounds over the brands.
  private static let pause: Duration = .seconds(5)
  /// While a brand's ledger is ahead of its checks.
  private static let pauseBehind: Duration = .milliseconds(100)
  private static let brandDeadline: Duration = .seconds(30)
  /// Long enough to add up the entries of a player with a hundred million of them.
  private static let sweepDeadline: Duration = .seconds(600)

  private let database: Database
  private let catalog: BrandCatalog
  private let round: WalletCheckRound
  private let metrics: WalletCheckMetrics
  private let logger: Logger
  private let clock: WallClock
  private let startedAt: Timestamp
  private let found = WalletCheckWarnings()
  /// Which known finding was looked at last, per brand.
  private let rechecked = Mutex<[BrandID: Int64]>([:])

  package init(
    database: Database, catalog: BrandCatalog, registry: MetricsRegistry, logger: Logger, limits: WalletCheckLimits = WalletCheckLimits(),
    clock: WallClock = .system
  ) {
    self.database = database
    self.catalog = catalog
    self.round = WalletCheckRound(limits: limits)
    self.metrics = WalletCheckMetrics(registry, clock: clock)
    self.logger = logger
    self.clock = clock
    self.startedAt = clock.now()
  }

  /// Checks until the task is cancelled.
  package func run() async {
    await withTaskGroup { group in
      group.addTask {
        while !Task.isCancelled {
          let isCaughtUp = await self.checkRound()
          try? await Task.sleep(for: isCaughtUp ? Self.pause : Self.pauseBehind)
        }
      }
      group.addTask {
        while !Task.isCancelled {
          await self.sweepRound()
          try? await Task.sleep(for: Self.pause)
        }
      }
    }
  }

  /// What an operator should know although the worker works.
  package var warnings: [String] { found.texts }

  /// What is new in all brands, disabled ones too. - Returns: whether there is nothing left to do at once.
  @discardableResult
  package func checkRound() async -> Bool {
    var isCaughtUp = true
    for brand in await brands() where !Task.isCancelled {
      await tellFailure(of: brand) {
        let moment = self.clock.now()
        let outcome = try await self.database.withBrand(brand.id, isolation: .repeatableRead, deadline: Self.brandDeadline) {
          try await self.round.checkNew($0)
        }
        self.metrics.tell(progress: outcome, of: brand.code, at: moment, since: self.startedAt)
        self.tell(outcome, of: brand)
        if outcome.entryCount > 0 && !outcome.isCaughtUp { isCaughtUp = false }
      }
    }
    return isCaughtUp
  }

  /// A part of what was checked before, and what was found, in all brands.
  package func sweepRound() async {
    for brand in await brands() where !Task.isCancelled {
      await tellFailure(of: brand) {
        let last = self.rechecked.withLock { $0[brand.id] ?? 0 }
        let outcome = try await self.database.withBrand(brand.id, deadline: Self.sweepDeadline) { transaction in
          try await self.round.sweep(afterFinding: last, transaction)
        }
        guard let outcome else { return }
        self.rechecked.withLock { $0[brand.id] = outcome.recheckedTo }
        self.tell(outcome, of: brand)
      }
    }
  }

  private func brands() async -> [Brand] {
    do {
      return try await catalog.all()
    } catch {
      logger.warning("the wallet's checks can't read the brands", metadata: ["error": "\(error)"])
      return []
    }
  }

  /// A brand that can't be checked keeps nothing from the others. The age that the metrics show goes on growing, and an alert watches it.
  private func tellFailure(of brand: Brand, _ step: () async throws -> Void) async {
    do {
      try await step()
    } catch {
      if Task.isCancelled { return }
      found.set(fault: "\(error)", of: brand.code)
      logger.warning(
        "checking a brand's wallet failed",
        metadata: ["brand_id": "\(brand.id)", "brand_code": "\(brand.code)", "error": "\(error)"])
    }
  }

  private func tell(_ outcome: WalletCheckRound.Outcome, of brand: Brand) {
    metrics.tell(open: outcome.open, of: brand.code)
    found.set(outcome.open, of: brand.code)
    for finding in outcome.new {
      logger.error("a wallet invariant is broken", metadata: Self.metadata("wallet_invariant_broken", finding, brand))
    }
    for finding in outcome.resolved {
      logger.notice("a wallet invariant holds again", metadata: Self.metadata("wallet_invariant_restored", finding, brand))
    }
  }

  private static func metadata(_ event: String, _ finding: WalletFinding, _ brand: Brand) -> Logger.Metadata {
    [
      "event": "\(event)", "brand_id": "\(brand.id)", "brand_code": "\(brand.code)", "kind": "\(finding.kind.rawValue)",
      "subject": "\(finding.subject)", "detail": "\(finding.detail)",
    ]
  }
}
