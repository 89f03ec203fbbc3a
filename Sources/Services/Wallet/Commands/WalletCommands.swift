package import Kernel
internal import Logging
internal import Platform
package import Postgres

/// Executes wallet commands, each in one transaction of its brand: read under lock, decide, apply, commit, answer.
///
/// Crash points. Anywhere before the commit: nothing has happened, and the retry executes. After the commit, before the answer: the retry
/// finds the stored answer and gets it byte for byte. An unknown commit is answered 503 `outcome_unknown`; the retry finds out.
package struct WalletCommands: Sendable {
  /// A transaction that lost a race for a unique key is run again: then it sees the winner.
  private static let attemptsMax = 3

  private let database: Database
  private let store = WalletCommandStore()
  private let detector: CrossBrandDetector
  private let metrics: WalletMetrics
  private let clock: WallClock

  package init(database: Database, enforcement: EnforcementMode, metrics: WalletMetrics, clock: WallClock) {
    self.database = database
    self.metrics = metrics
    self.clock = clock
    self.detector = CrossBrandDetector(enforcement: enforcement, metrics: metrics)
  }

  /// - Throws: `Problem` for refusals that are not kept (absent player or brand documents, another brand's row, another request under the
  ///   same key); the driver's error when the database failed.
  package func execute(_ request: WalletRequest, trace: String) async throws -> WalletAnswer {
    let start = ContinuousClock.now
    do {
      let answer = try await executeRacing(request, trace: trace)
      if !answer.isReplay, answer.status < 400 { tellWritten(request, after: start.duration(to: .now)) }
      count(request, answer.isReplay ? "replayed" : answer.status < 400 ? "accepted" : "refused")
      return answer
    } catch let error as PostgresError {
      metrics.writeFailures.increment([request.action.name.rawValue, error.kind.rawValue])
      request.logger.error(
        "wallet command failed",
        metadata: ["event": "wallet_write_failed", "command": "\(request.action.name.rawValue)", "error": "\(error)"])
      throw error
    } catch {
      count(request, "refused")
      throw error
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

  private func executeRacing(_ request: WalletRequest, trace: String) async throws -> WalletAnswer {
    var attempt = 1
    while true {
      do {
        return try await database.withBrand(request.brand.id) { transaction in
          try await self.executeOnce(request, trace: trace, transaction)
        }.get()
      } catch let error as PostgresError where error.sqlState == .uniqueViolation && attempt < Self.attemptsMax {
        attempt += 1
      }
    }
  }

  /// A refusal that comes back as a value commits what was recorded about it; one that is thrown leaves nothing.
  private func executeOnce(
    _ request: WalletRequest, trace: String, _ transaction: BrandTransaction
  ) async throws -> Result<WalletAnswer, Problem> {
    let reading = try await store.read(request, transaction)
    if let stored = reading.stored {
      guard stored.fingerprint == WalletFingerprint.of(request) else { throw Problem(.idempotencyMismatch) }
      return .success(stored.answer)
    }
    if let refusal = try await detector.check(request, reading, transaction) { return .failure(refusal) }
    guard let topology = reading.topology else { throw Problem(.topologyMissing) }
    guard let policy = reading.policy else { throw Problem(.policyMissing) }
    if let currency = request.currency, currency != request.brand.currency.code {
      throw Problem(.currencyMismatch, detail: "the brand's wallets are in \(request.brand.currency)")
    }
    let now = clock.now()
    let rules = WalletRules(topology: topology, policy: policy)
    let origin = WalletOrigin(id: UUIDv7.next(clock: clock).description, at: now)
    switch rules.decide(request.action, on: reading.snapshot, origin: origin) {
    case .success(let decision):
      let answer = try WalletAnswers.accepted(decision, for: request, topology: topology)
      let event = try WalletCommandEvent(decision, of: request, id: UUIDv7.next(clock: clock).description, at: now)
      try await store.apply(decision, answer: answer, event: event, for: request, at: now, transaction)
      return .success(answer)
    case .failure(.playerNotFound):
      throw Problem(.playerNotFound)
    case .failure(let refusal):
      let answer = try WalletAnswers.refused(refusal, for: request, trace: trace)
      try await store.keepRefusal(answer, for: request, at: now, transaction)
      return .success(answer)
    }
  }
}
