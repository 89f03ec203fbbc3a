package import Kernel
internal import Logging
package import Platform
package import Postgres
internal import Synchronization

/// Executes wallet commands: each joins the next batch of its brand (``WalletBatcher``) and is answered when that is committed.
package final class WalletCommands: Sendable {
  private let runner: WalletBatchRunner
  private let batchers = Mutex<[BrandID: WalletBatcher]>([:])
  private let metrics: WalletMetrics

  package init(
    database: Database, enforcement: EnforcementPolicy, metrics: WalletMetrics, violations: (any ViolationRecorder)? = nil, clock: WallClock
  ) {
    self.metrics = metrics
    runner = WalletBatchRunner(
      transaction: WalletBatchTransaction(
        database: database, documents: WalletDocumentCache(), enforcement: enforcement,
        detector: CrossBrandDetector(metrics: metrics, violations: violations, clock: clock), clock: clock))
  }

  /// - Throws: `Problem` for refusals that are not kept (absent player or brand documents, another brand's row, another request under the
  ///   same key, overload); the driver's error when the database failed.
  package func execute(_ request: WalletRequest) async throws -> WalletAnswer {
    let start = ContinuousClock.now
    let outcome = await batcher(of: request.brand.id).execute(request)
    record(outcome, of: request, since: start)
    return try outcome.get()
  }

  /// Executes commands of one brand in their order; each has an outcome of its own.
  package func execute(_ requests: [WalletRequest]) async -> [WalletOutcome] {
    guard let brand = requests.first?.brand.id else { return [] }
    let start = ContinuousClock.now
    let outcomes = await batcher(of: brand).execute(requests)
    for (request, outcome) in zip(requests, outcomes) { record(outcome, of: request, since: start) }
    return outcomes
  }

  private func batcher(of brand: BrandID) -> WalletBatcher {
    batchers.withLock { batchers in
      if let known = batchers[brand] { return known }
      let new = WalletBatcher(runner: runner)
      batchers[brand] = new
      return new
    }
  }

  // MARK: What is counted and logged

  private func record(_ outcome: WalletOutcome, of request: WalletRequest, since start: ContinuousClock.Instant) {
    switch outcome {
    case .success(let answer):
      if !answer.isReplay, answer.status < 400 { tellWritten(request, after: start.duration(to: .now)) }
      count(request, answer.isReplay ? "replayed" : answer.status < 400 ? "accepted" : "refused")
    case .failure(let error as PostgresError) where error.kind != .paused:
      metrics.writeFailures.increment([request.action.name.rawValue, error.kind.rawValue])
      request.logger.error(
        "wallet command failed",
        metadata: ["event": "wallet_write_failed", "command": "\(request.action.name.rawValue)", "error": "\(error)"])
    case .failure: count(request, "refused")
    }
  }

  /// The threshold of the delay is `Limits.walletLedgerWriteDelaySecondsMax` (S0-WAL-36).
  private func tellWritten(_ request: WalletRequest, after delay: Duration) {
    metrics.writeDelay.observe(delay.inSeconds, [request.brand.code.rawValue])
    guard case .depositRequest = request.action else { return }
    request.logger.info(
      "deposit requested",
      metadata: ["event": "deposit_requested", "origin_host": "\(request.originHost ?? "-")", "player_id": "\(request.player)"])
  }

  private func count(_ request: WalletRequest, _ outcome: String) {
    metrics.commands.increment([request.brand.code.rawValue, request.action.name.rawValue, outcome])
  }
}
