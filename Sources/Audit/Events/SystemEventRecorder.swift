internal import Kernel
package import Logging
package import Platform
package import Postgres
internal import Synchronization

/// Writes refusals into the system event ledger, in its own time and as well as it can (C-59): whoever answers requests only leaves them here.
///
/// Half a second after it happened an event is written. While the database can't be reached they wait, as many as there is room for; the others are
/// counted, in the metrics and in the ledger itself. A process that is killed loses what waits.
package final class SystemEventRecorder: RefusalRecorder {
  private static let pause: Duration = .milliseconds(500)
  private static let deadline: Duration = .seconds(5)
  /// How long a process that stops goes on writing.
  private static let farewell: Duration = .seconds(5)

  private let database: Database
  private let brands: BrandCatalog
  private let service: String
  private let metrics: SystemEventMetrics
  private let logger: Logger
  private let queue = Mutex(SystemEventQueue())

  /// - Parameters:
  ///   - database: a pool that nothing else uses, so that events are written when everything else waits for a connection.
  ///   - service: the role whose refusals these are.
  package init(database: Database, brands: BrandCatalog, service: String, registry: MetricsRegistry, logger: Logger) {
    self.database = database
    self.brands = brands
    self.service = service
    metrics = SystemEventMetrics(registry)
    self.logger = logger
    registry.beforeScrape { [weak self] in
      if let self { self.metrics.show(waiting: self.queue.withLock { $0.count }) }
    }
  }

  package func record(_ refused: RefusedRequest) {
    guard let event = SystemEvent(refused, by: service) else { return }
    metrics.saw(event, brand: refused.identity.brandCode ?? event.brand.flatMap { brands.inMemory()?[$0]?.code })
    if !queue.withLock({ $0.offer(event) }) { metrics.lost(.queueFull, 1) }
  }

  /// Writes until the task is cancelled.
  package func run() async {
    while !Task.isCancelled {
      try? await Task.sleep(for: Self.pause)
      await round()
    }
  }

  /// Writes what is left, for a bounded time. To be called when no request is answered any more.
  package func finish() async {
    let end = ContinuousClock.now + Self.farewell
    while queue.withLock({ $0.count }) > 0, ContinuousClock.now < end {
      if await !round() { try? await Task.sleep(for: .milliseconds(100)) }
    }
    metrics.lost(.shutdown, Int64(queue.withLock { $0.count }))
  }

  /// - Returns: whether everything that it took was written.
  @discardableResult
  package func round() async -> Bool {
    var isWritten = true
    for batch in queue.withLock({ $0.take() }) {
      let isIn = await write(batch)
      isWritten = isWritten && isIn
    }
    return isWritten
  }

  private func write(_ batch: [SystemEvent]) async -> Bool {
    do {
      try await insert(batch)
      return true
    } catch let error as PostgresError where Self.isFinal(error) {
      await writeEach(batch)
      return true
    } catch {
      metrics.writeFailed()
      queue.withLock { $0.putBack(batch) }
      logger.debug("system events wait", metadata: ["count": "\(batch.count)", "error": "\(error)"])
      return false
    }
  }

  /// One that the database doesn't take must not keep the others out.
  private func writeEach(_ batch: [SystemEvent]) async {
    for event in batch {
      do {
        try await insert([event])
      } catch let error as PostgresError where Self.isFinal(error) {
        metrics.lost(.refused, 1)
        logger.error(
          "the database doesn't take a system event",
          metadata: [
            "event": "invariant_failure", "request_id": "\(event.requestID)", "reason": "\(event.reason ?? "")", "error": "\(error)",
          ])
      } catch {
        queue.withLock { $0.putBack([event]) }
      }
    }
  }

  /// - Parameter batch: of one brand. Its keys make it repeatable where nobody knows whether it was committed.
  private func insert(_ batch: [SystemEvent]) async throws {
    guard let brand = batch.first?.brand else { return try await insertForPlatform(batch) }
    guard try await exists(brand) else {
      // A proven caller named a brand that isn't one. Nobody's own log is the place for it.
      return try await insertForPlatform(
        batch.map { event in
          var event = event
          event.detail = ["claimed_brand_id": .integer(brand.rawValue)]
          return event
        })
    }
    try await database.withBrand(brand, deadline: Self.deadline) { transaction in try await SystemEvents.append(batch, in: transaction) }
  }

  private func insertForPlatform(_ batch: [SystemEvent]) async throws {
    try await database.withPlatform(deadline: Self.deadline) { transaction in
      try await SystemEvents.append(batch, brand: nil, in: transaction)
    }
  }

  private func exists(_ brand: BrandID) async throws -> Bool {
    if try await brands.brand(brand, deadline: Self.deadline) != nil { return true }
    // It may be newer than this process's copy of the catalogue.
    brands.forget()
    return try await brands.brand(brand, deadline: Self.deadline) != nil
  }

  /// Whether the same rows will never be taken: bad data, or a constraint.
  private static func isFinal(_ error: PostgresError) -> Bool {
    guard error.kind == .server, let state = error.sqlState?.rawValue else { return false }
    return ["22", "23"].contains { state.hasPrefix($0) } || state == "CB006"
  }
}
