internal import Evidence
package import Kernel
package import Logging
package import Platform
package import Postgres
internal import Synchronization

/// Reads every log again from its first entry, all the time, so that a row which somebody changed behind the program's back shows soon after,
/// wherever it stands: what signs looks at the last few hundred entries only.
///
/// A round is begun twenty seconds after the last one ended. How long a round lasts grows with the ledgers (`benchmarks/evidence`); a gauge shows it.
package final class LogMonitor: Sendable {
  private static let pause: Duration = .seconds(20)
  private static let operatorID = "cordon:tamper-monitor"

  private let database: Database
  private let logs: LogCatalog
  private let contains: Bool
  private let metrics: LogMonitorMetrics
  private let logger: Logger
  private let clock: WallClock
  private let found = Mutex<[LogName: LogRefusal]>([:])

  /// - Parameter contains: whether a brand of which a log was changed is contained (``ContainmentStore``).
  package init(
    database: Database, logs: LogCatalog, contains: Bool, registry: MetricsRegistry, logger: Logger, clock: WallClock = .system
  ) {
    self.database = database
    self.logs = logs
    self.contains = contains
    metrics = LogMonitorMetrics(registry, clock: clock)
    self.logger = logger
    self.clock = clock
  }

  /// Reads until the task is cancelled.
  package func run() async {
    while !Task.isCancelled {
      await round()
      try? await Task.sleep(for: Self.pause)
    }
  }

  /// What an operator should know although the monitor works.
  package var warnings: [String] {
    found.withLock { found in found.map { "the log \($0.key) is not what was signed: \($0.value)" }.sorted() }
  }

  package func round() async {
    do {
      for (name, log) in try await logs.all() where !Task.isCancelled { await read(log, name) }
    } catch {
      logger.warning("the logs can't be verified: the brands can't be read", metadata: ["error": "\(error)"])
    }
  }

  private func read(_ log: LedgerLog, _ name: LogName) async {
    metrics.begin(name, at: clock.now())
    do {
      let result = try await LogAudit(database: database).run(log) { _ in }
      metrics.tell(result.refusal, of: name, at: clock.now())
      let before = found.withLock { found in
        defer { found[name] = result.refusal }
        return found[name]
      }
      // An operator who lets the brand write again although nothing was repaired is not overruled by the next round.
      if let refusal = result.refusal, refusal != before { await tell(refusal, of: log, name) }
    } catch {
      guard !Task.isCancelled else { return }
      logger.warning("verifying a log failed", metadata: ["log": "\(name)", "error": "\(error)"])
    }
  }

  private func tell(_ refusal: LogRefusal, of log: LedgerLog, _ name: LogName) async {
    logger.critical(
      "a log is not what was signed",
      metadata: [
        "event": "log_tampered", "brand_code": "\(name.brandCode)", "ledger": "\(name.ledger.rawValue)",
        "reason": "\(refusal.reason.rawValue)", "detail": "\(refusal.detail)",
      ])
    guard contains, case .brand(let brand, _) = log else { return }
    do {
      try await contain(brand, because: "\(name): \(refusal)")
    } catch {
      // The next round finds the same, and tries again.
      found.withLock { $0[name] = nil }
      logger.error("a brand can't be contained", metadata: ["brand_code": "\(name.brandCode)", "error": "\(error)"])
    }
  }

  private func contain(_ brand: BrandID, because reason: String) async throws {
    try await database.withBrand(brand) { transaction in
      guard try await ContainmentStore.begin(by: Self.operatorID, reason: reason, transaction) else { return }
      try await AdminAudit.append(
        AuditEntry(.containmentBegin, .containment, "\(brand)", by: Self.operatorID, reason: reason), in: transaction)
    }
  }
}
