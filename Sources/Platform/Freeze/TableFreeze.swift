package import Kernel
package import Logging
package import Postgres
internal import Synchronization

/// Refuses writes to tables that an operator has frozen with `table_freeze:<table>` in Redis (S0-FRZ).
///
/// It is the gate of the role's database, so that every statement that writes is asked for, whoever wrote it. Reads are never asked for.
/// Without Redis the last answer counts, and a table that was never answered for is writable (`docs/decisions/0011`).
package final class TableFreeze: WriteGate {
  private let lookups: FreezeLookups
  private let metrics: FreezeMetrics
  private let logger: Logger
  private let told = Mutex<Set<String>>([])

  package init(lookups: FreezeLookups, registry: MetricsRegistry, logger: Logger) {
    self.lookups = lookups
    self.metrics = FreezeMetrics(registry)
    self.logger = logger
  }

  /// - Throws: `.paused` when one of them is frozen.
  package func admit(writesTo tables: [String]) async throws(PostgresError) {
    let decision = await lookups.decide(tables)
    for table in decision.unknown { metrics.unknown.increment([table]) }
    guard let table = decision.frozen.first else { return }
    metrics.refused.increment([table])
    throw PostgresError(.paused, "writes to \(table) are paused", table: table, operation: "ask for a freeze")
  }

  /// - Throws: `Problem` with `service_paused`.
  package func check(_ tables: [String]) async throws(Problem) {
    do {
      try await admit(writesTo: tables)
    } catch {
      throw FailureRules.problem(from: error)
    }
  }

  /// What the health check shows: what the process last heard.
  package var status: FreezeDecision { lookups.overview }

  /// Asks for every table once a second, so that metrics and health are true of an idle process too, and says what changed.
  package func run() async {
    while !Task.isCancelled {
      _ = await lookups.decide(TableFamily.tables)
      tell(lookups.overview)
      try? await Task.sleep(for: FreezeBook.period)
    }
  }

  private func tell(_ decision: FreezeDecision) {
    let now = Set(decision.frozen)
    let before = told.withLock { told in
      defer { told = now }
      return told
    }
    for table in now { metrics.active.set(1, [table]) }
    for table in before.subtracting(now) { metrics.active.set(0, [table]) }
    for table in now.subtracting(before).sorted() {
      logger.warning("a table is frozen: its writes are refused", metadata: ["event": "table_frozen", "table": "\(table)"])
    }
    for table in before.subtracting(now).sorted() {
      logger.notice("a table takes writes again", metadata: ["event": "table_unfrozen", "table": "\(table)"])
    }
  }
}
