internal import Logging
internal import Postgres
internal import Kernel
internal import Platform
internal import Synchronization

/// Keeps callbacks whose brand can't be told: the runbook's `record_dead_letter` (S0-DLQ-03).
///
/// Each is a transaction of its own, on a connection of a pool that nothing else uses, committed before ``record(_:)`` returns. Where the table
/// can't be written within ``tableTime``, the letter goes to the spool (C-20). An answer takes a second at most.
package final class DeadLetterRecorder: Sendable {
  /// Connections of the pool: a burst waits for its turn, and what can't wait goes to the spool.
  package static let poolSizeMax = 3
  static let tableTime: Duration = .milliseconds(600)
  static let spoolTime: Duration = .milliseconds(350)
  /// After a failure the table isn't tried for so long, so that a burst doesn't wait for it letter by letter.
  private static let tableRest: Duration = .seconds(1)

  private let database: Database
  private let spool: DeadLetterSpool
  private let thread: SpoolThread
  private let metrics: DeadLetterMetrics
  private let logger: Logger
  private let store = DeadLetterStore()
  private let tableRestsUntil = Mutex<ContinuousClock.Instant?>(nil)

  /// - Parameter database: of its own; whoever made it keeps it up.
  init(database: Database, spool: DeadLetterSpool, thread: SpoolThread, metrics: DeadLetterMetrics, logger: Logger) {
    self.database = database
    self.spool = spool
    self.thread = thread
    self.metrics = metrics
    self.logger = logger
  }

  /// Keeps the letter, and says where. `.refused` must be answered so that the provider sends its callback again.
  package func record(_ letter: DeadLetter) async -> DeadLetterReceipt {
    // Not the caller's task: a provider that hangs up doesn't take its callback with it.
    let receipt = await Task { await self.keep(letter) }.value
    metrics.recorded.increment([letter.provider, receipt.rawValue])
    return receipt
  }

  private func keep(_ letter: DeadLetter) async -> DeadLetterReceipt {
    if await insert(letter) { return .table }
    do {
      try await thread.run(within: Self.spoolTime) { [spool] () throws(SpoolFault) in try spool.write(letter) }
      return .spool
    } catch {
      logger.error("dead letter is nowhere", metadata: Self.fields(of: letter, "callback_dead_letter_refused", error))
      return .refused
    }
  }

  private func insert(_ letter: DeadLetter) async -> Bool {
    guard tableRestsUntil.withLock({ $0.map { $0 <= .now } ?? true }) else {
      metrics.writeFailed.increment([letter.provider])
      return false
    }
    do {
      // A lost answer to COMMIT leaves two copies, here and in the spool; the row's key makes them one.
      try await database.withPlatform(deadline: Self.tableTime) { try await self.store.insert(letter, in: $0) }
      return true
    } catch {
      tableRestsUntil.withLock { $0 = .now + Self.tableRest }
      metrics.writeFailed.increment([letter.provider])
      logger.warning(
        "dead letter could not be written to the table", metadata: Self.fields(of: letter, "callback_dead_letter_write_failed", error))
      return false
    }
  }

  private static func fields(of letter: DeadLetter, _ event: String, _ error: any Error) -> Logger.Metadata {
    [
      "event": "\(event)", "provider": "\(letter.provider)", "letter_id": "\(letter.id)",
      "outbound_account_raw": "\(letter.outboundAccount)",
      "callback_request_id": "\(letter.requestID)", "error": "\(error)",
    ]
  }
}
