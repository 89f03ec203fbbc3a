internal import Evidence
package import Kernel
package import Logging
package import Platform
package import Postgres
internal import Synchronization

/// Signs every log about once a second while there is something new. Several workers share the logs; each log has one writer at a time.
///
/// A log that rests is looked at whole every ten seconds, and in between it is asked only whether something was added: most logs rest most
/// of the time. Who changes a row behind the last full tile of a resting log is found then, and anywhere by ``LogMonitor``.
package final class LogWorker: Sendable {
  /// A plan that was made while a table was small must not be kept when it has grown.
  package static let sessionSettings = ["plan_cache_mode=force_custom_plan"]
  /// From the beginning of a round to that of the next.
  private static let pace: Duration = .seconds(1)
  /// What a round leaves to everybody else, however long it took.
  private static let pauseMin: Duration = .milliseconds(100)
  private static let deadline: Duration = .seconds(30)
  private static let operatorID = "cordon:log-worker"

  private let book: LogBook
  private let logs: LogCatalog
  private let publisher: LogPublisher
  private let metrics: LogMetrics
  private let logger: Logger
  private let clock: WallClock
  private let refused = Mutex<[LogName: LogRefusal]>([:])
  private let resting = Mutex<[LogName: LogRest]>([:])
  private let isRegistered = Mutex(false)

  package init(
    database: Database, logs: LogCatalog, signer: LogSigner, memory: LogMemory, registry: MetricsRegistry, logger: Logger,
    clock: WallClock = .system
  ) {
    book = LogBook(database: database)
    self.logs = logs
    publisher = LogPublisher(signer: signer, memory: memory, clock: clock)
    metrics = LogMetrics(registry, clock: clock)
    self.logger = logger
    self.clock = clock
  }

  /// Signs until the task is cancelled.
  package func run() async {
    while !Task.isCancelled {
      let begun = ContinuousClock.now
      if await round() { try? await Task.sleep(until: max(begun + Self.pace, .now + Self.pauseMin)) }
    }
  }

  /// What an operator should know although the worker works.
  package var warnings: [String] {
    refused.withLock { refused in
      refused.map { "the log \($0.key) isn't signed: \($0.value)" }.sorted()
    }
  }

  /// - Returns: whether nothing is left to sign at once.
  @discardableResult
  package func round() async -> Bool {
    guard await register() else { return true }
    var isAtEnd = true
    for (name, log) in await all() where !Task.isCancelled {
      if await step(log, name)?.isAtEnd == false { isAtEnd = false }
    }
    return isAtEnd
  }

  /// The database knows every key before it signs anything. - Returns: whether it may sign as far as that goes.
  private func register() async -> Bool {
    guard !isRegistered.withLock({ $0 }) else { return true }
    do {
      let history = publisher.signer.history
      try await book.database.withPlatform { transaction in
        for record in try await SigningKeyStore.register(history, transaction) {
          try await AdminAudit.append(record.registration(by: Self.operatorID, reason: "it signs the logs"), brand: nil, in: transaction)
        }
      }
      isRegistered.withLock { $0 = true }
      return true
    } catch let refusal as LogRefusal {
      for (name, _) in await all() { tell(refusal, of: name) }
    } catch {
      guard !Task.isCancelled else { return false }
      logger.warning("the signing key can't be registered", metadata: ["error": "\(error)"])
    }
    return false
  }

  private func step(_ log: LedgerLog, _ name: LogName) async -> LogPublisher.Progress? {
    metrics.begin(name, at: clock.now())
    do {
      if let rest = try await rest(of: log, name) {
        metrics.tell(rest, of: name, at: clock.now())
        return rest
      }
      let progress = try await book.sign(log, publisher)
      resting.withLock { $0[name] = progress.flatMap { LogRest($0, since: clock.now()) } }
      if let progress {
        metrics.tell(progress, of: name, at: clock.now())
        if refused.withLock({ $0.removeValue(forKey: name) }) != nil { metrics.tell(nil, of: name) }
      }
      return progress
    } catch let refusal as LogRefusal {
      tell(refusal, of: name)
    } catch {
      guard !Task.isCancelled else { return nil }
      // The age that the metrics show goes on growing, and an alert watches it.
      logger.warning("signing a log failed", metadata: ["log": "\(name)", "error": "\(error)"])
    }
    return nil
  }

  /// Where a log stands that was signed to its end a moment ago, unless something was added.
  private func rest(of log: LedgerLog, _ name: LogName) async throws -> LogPublisher.Progress? {
    guard let rest = resting.withLock({ $0[name] }), rest.lasts(at: clock.now()) else { return nil }
    let isLonger = try await book.with(log, deadline: Self.deadline) { try await $0.isLonger(than: rest.size) }
    return isLonger ? nil : LogPublisher.Progress(size: rest.size, isAtEnd: true)
  }

  private func tell(_ refusal: LogRefusal, of name: LogName) {
    resting.withLock { $0[name] = nil }
    metrics.tell(refusal, of: name)
    guard refused.withLock({ $0.updateValue(refusal, forKey: name) }) != refusal else { return }
    logger.error(
      "a log is not signed any further",
      metadata: [
        "event": "log_refused", "brand_code": "\(name.brandCode)", "ledger": "\(name.ledger.rawValue)",
        "reason": "\(refusal.reason.rawValue)", "detail": "\(refusal.detail)",
      ])
  }

  private func all() async -> [(name: LogName, log: LedgerLog)] {
    do {
      return try await logs.all()
    } catch {
      logger.warning("the logs can't be signed: the brands can't be read", metadata: ["error": "\(error)"])
      return []
    }
  }
}
