internal import Evidence
package import Kernel
package import Logging
package import Platform
package import Postgres
internal import Synchronization

/// Checks every brand's money all the time: the chain, the sums of commands, the buckets (S0-WAL-07, S0-RB-06).
///
/// Each round of a brand is one transaction that sees one moment, so that commands under way raise no false alarm. How far it has got is
/// written in the same transaction as what it found: a crash loses nothing and repeats at most a round. Several workers share the brands;
/// each brand has one checker at a time.
package final class WalletCheckWorker: Sendable {
  /// Between two rounds over the brands.
  private static let pause: Duration = .seconds(5)
  /// While a brand's ledger is ahead of its checks.
  private static let pauseBehind: Duration = .milliseconds(100)
  private static let brandDeadline: Duration = .seconds(30)

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
    while !Task.isCancelled {
      let isCaughtUp = await checkRound()
      try? await Task.sleep(for: isCaughtUp ? Self.pause : Self.pauseBehind)
    }
  }

  /// What an operator should know although the worker works.
  package var warnings: [String] { found.texts }

  /// One round over all brands, disabled ones too. - Returns: whether there is nothing left to do at once.
  @discardableResult
  package func checkRound() async -> Bool {
    let brands: [Brand]
    do {
      brands = try await catalog.all()
    } catch {
      logger.warning("the wallet's checks can't read the brands", metadata: ["error": "\(error)"])
      return true
    }
    var isCaughtUp = true
    for brand in brands where !Task.isCancelled {
      if await check(brand) == false { isCaughtUp = false }
    }
    return isCaughtUp
  }

  private func check(_ brand: Brand) async -> Bool {
    do {
      let last = rechecked.withLock { $0[brand.id] ?? 0 }
      let moment = clock.now()
      let outcome = try await database.withBrand(brand.id, isolation: .repeatableRead, deadline: Self.brandDeadline) { transaction in
        try await self.round.run(afterFinding: last, transaction)
      }
      rechecked.withLock { $0[brand.id] = outcome.recheckedTo }
      metrics.tell(outcome, of: brand.code, at: moment, since: startedAt)
      found.set(outcome.open, of: brand.code)
      tell(outcome, of: brand)
      return outcome.entryCount == 0 || outcome.isCaughtUp
    } catch {
      // The age that the metrics show goes on growing, and an alert watches it.
      if Task.isCancelled { return true }
      found.set(fault: "\(error)", of: brand.code)
      logger.warning(
        "checking a brand's wallet failed",
        metadata: ["brand_id": "\(brand.id)", "brand_code": "\(brand.code)", "error": "\(error)"])
      return true
    }
  }

  private func tell(_ outcome: WalletCheckRound.Outcome, of brand: Brand) {
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
