internal import Kernel
internal import Platform

/// What checking shows of itself, per brand.
struct WalletCheckMetrics: Sendable {
  private let violations: Gauge
  private let checked: Counter
  private let ages: SeriesAges

  init(_ registry: MetricsRegistry, clock: WallClock) {
    violations = registry.gauge(
      "wallet_invariant_violations", "Known and unresolved faults in a brand's money.", labels: ["brand_code", "kind"])
    checked = registry.counter("wallet_invariant_checked_entries_total", "Ledger entries that were checked.", labels: ["brand_code"])
    ages = SeriesAges(
      registry, "wallet_invariant_check_age_seconds", "Time since everything in a brand's ledger had been checked.", labels: ["brand_code"],
      clock: clock)
  }

  func tell(open: [WalletFindingKind: Int64], of brand: BrandCode) {
    for kind in WalletFindingKind.allCases { violations.set(Double(open[kind] ?? 0), [brand.rawValue, kind.rawValue]) }
  }

  func tell(progress outcome: WalletCheckRound.Outcome, of brand: BrandCode, at moment: Timestamp, since start: Timestamp) {
    checked.increment([brand.rawValue], by: UInt64(outcome.entryCount))
    // A brand that was never checked to the end counts from the worker's start.
    ages.tell(outcome.isCaughtUp ? moment : outcome.caughtUpAt ?? start, of: [brand.rawValue])
  }
}
