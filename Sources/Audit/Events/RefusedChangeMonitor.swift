package import Kernel
package import Logging
package import Platform
package import Postgres

/// Tells of attempts to change what is append-only (S4-INT-05). Such an attempt undoes its own transaction, so that it can't leave a row; the table's
/// guard counts it in a sequence, which is never undone, and this looks at the counts. It sees whoever got as far as the guard: a superuser and the
/// owner with `psql`, too. What a missing grant stops is in PostgreSQL's own log.
package struct RefusedChangeMonitor: Sendable {
  private static let pause: Duration = .seconds(5)

  private let database: Database
  private let violations: Counter
  private let logger: Logger
  private let clock: WallClock

  package init(database: Database, registry: MetricsRegistry, logger: Logger, clock: WallClock = .system) {
    self.database = database
    violations = registry.counter(
      "append_only_violations_total", "Attempts to change or empty an append-only table, by table.", labels: ["ledger"])
    self.logger = logger
    self.clock = clock
  }

  /// Looks until the task is cancelled.
  package func run() async {
    while !Task.isCancelled {
      await round()
      try? await Task.sleep(for: Self.pause)
    }
  }

  package func round() async {
    do {
      let rises = try await database.withPlatform { transaction -> [RefusedChangeStore.Rise] in
        for ledger in try await RefusedChangeStore.ledgers(transaction) { _ = violations.series([ledger]) }
        guard try await RefusedChangeStore.claim(transaction) else { return [] }
        let rises = try await RefusedChangeStore.rises(transaction)
        for rise in rises { try await RefusedChangeStore.record(rise, at: clock.now(), transaction) }
        return rises
      }
      for rise in rises { tell(rise) }
    } catch {
      guard !Task.isCancelled else { return }
      logger.warning("refused changes can't be looked for", metadata: ["error": "\(error)"])
    }
  }

  private func tell(_ rise: RefusedChangeStore.Rise) {
    violations.increment([rise.ledger], by: UInt64(rise.new))
    logger.critical(
      "somebody tried to change what is append-only",
      metadata: ["event": "security_append_only_violation", "ledger": "\(rise.ledger)", "attempts": "\(rise.new)"])
  }
}
