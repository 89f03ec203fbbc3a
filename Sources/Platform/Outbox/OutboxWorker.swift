internal import Kernel
package import Logging
package import Postgres
package import Redis
internal import Synchronization

/// Publishes an outbox to its Redis Stream: at least once, in the order of each brand, with stable event ids.
///
/// Crash points. Before XADD: the rows stay unpublished and the next round takes them. After XADD, before the commit that stamps
/// `published_at`: they are published again, under the same event ids, which consumers drop. A brand never waits for another: each is a
/// transaction of its own.
package final class OutboxWorker: Sendable {
  /// How long a brand's oldest event may wait before the worker counts as stuck (S0-SVC-03).
  package static let progressBudget: Duration = .seconds(30)
  /// After so many failed checks an event is set aside, so that those behind it go on (S0-WAL-16).
  package static let attemptsMax: Int32 = 3
  private static let eventsPerRoundMax: Int64 = 200
  private static let pause: Duration = .milliseconds(100)
  /// The stream is a window for consumers, not the record: that is the table.
  private static let streamEntriesMax = 1_000_000

  private let table: OutboxTable
  private let store: OutboxStore
  private let redis: RedisClient
  private let catalog: BrandCatalog
  private let metrics: OutboxMetrics
  private let logger: Logger
  private let stuckBrands = Mutex<[BrandCode: String]>([:])
  private let isRunning = Atomic<Bool>(false)

  package init(
    _ table: OutboxTable, database: Database, redis: RedisClient, catalog: BrandCatalog, registry: MetricsRegistry, logger: Logger
  ) {
    self.table = table
    self.store = OutboxStore(table: table, database: database)
    self.redis = redis
    self.catalog = catalog
    self.metrics = OutboxMetrics(table, registry: registry)
    self.logger = logger
  }

  /// Publishes until the task is cancelled.
  package func run() async {
    isRunning.store(true, ordering: .releasing)
    defer { isRunning.store(false, ordering: .releasing) }
    while !Task.isCancelled {
      let published = await publishRound()
      if published == 0 { try? await Task.sleep(for: Self.pause) }
    }
  }

  /// Forward progress, not liveness: fails while a brand's backlog is older than the budget.
  package var readiness: ReadinessCheck {
    ReadinessCheck("\(table.metricPrefix)_progress") { [self] in
      let stuck = stuckBrands.withLock { $0 }
      guard !stuck.isEmpty else { return .passed }
      return .failed(stuck.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key): \($0.value)" }.joined(separator: "; "))
    }
  }

  /// Whether the worker that the configuration asks for works (S4-READY-06).
  package var runningCheck: ReadinessCheck {
    ReadinessCheck("worker") { [self] in isRunning.load(ordering: .acquiring) ? .passed : .failed("the worker is not running") }
  }

  /// One round over all brands, disabled ones too: their ledgers go on.
  ///
  /// - Returns: how many events the stream has got.
  package func publishRound() async -> Int {
    var published = 0
    do {
      for brand in try await catalog.all() where !Task.isCancelled {
        published += await publish(brand)
        await measure(brand)
      }
    } catch {
      logger.warning("the outbox worker can't read the brands", metadata: ["outbox": "\(table.rawValue)", "error": "\(error)"])
    }
    return published
  }

  private func publish(_ brand: Brand) async -> Int {
    do {
      return try await store.database.withBrand(brand.id) { transaction in
        guard let events = try await self.store.claim(transaction, limit: Self.eventsPerRoundMax), !events.isEmpty else { return 0 }
        let sound = events.filter { $0.fault == nil }
        for event in events { try await self.setAside(event, of: brand, transaction) }
        guard !sound.isEmpty else { return 0 }
        try await self.send(sound, of: brand)
        try await self.store.markPublished(sound.map(\.id), transaction)
        self.metrics.published.increment([brand.code.rawValue], by: UInt64(sound.count))
        return sound.count
      }
    } catch {
      metrics.failed.increment([brand.code.rawValue])
      logger.warning(
        "publishing failed; the events stay in the outbox",
        metadata: ["outbox": "\(table.rawValue)", "brand_code": "\(brand.code)", "brand_id": "\(brand.id)", "error": "\(error)"])
      return 0
    }
  }

  private func setAside(_ event: OutboxEvent, of brand: Brand, _ transaction: BrandTransaction) async throws {
    guard let fault = event.fault else { return }
    let final = event.attempts + 1 >= Self.attemptsMax
    try await store.setAside(event.id, because: fault, final: final, transaction)
    guard final else { return }
    metrics.deadLettered.increment([brand.code.rawValue])
    logger.error(
      "event moved to the dead letters",
      metadata: [
        "event": "outbox_dead_letter", "outbox": "\(table.rawValue)", "brand_id": "\(brand.id)", "brand_code": "\(brand.code)",
        "event_id": "\(event.id)", "fault": "\(fault)",
      ])
  }

  private func send(_ events: [OutboxEvent], of brand: Brand) async throws {
    let answers = try await redis.pipeline(
      events.map { event in
        RedisClient.streamAddCommand(
          table.stream,
          fields: [
            ("event_id", RedisArgument(event.id)), ("event_type", RedisArgument(event.type)),
            ("brand_id", RedisArgument(brand.id.rawValue)),
            ("brand_code", RedisArgument(brand.code.rawValue)), ("payload", RedisArgument(event.payload)),
          ], maximumLength: Self.streamEntriesMax)
      })
    // One refused entry (out of memory, say) leaves the whole batch unstamped: those that got through come again under the same ids.
    for case .error(let message) in answers { throw RedisError(.server(message), message) }
  }

  private func measure(_ brand: Brand) async {
    let code = brand.code.rawValue
    do {
      let backlog = try await store.backlog(of: brand.id)
      metrics.unpublished.set(Double(backlog.count), [code])
      metrics.oldestUnpublishedSeconds.set(backlog.oldestAgeSeconds, [code])
      let isStuck = backlog.oldestAgeSeconds > Self.progressBudget.inSeconds
      stuckBrands.withLock {
        $0[brand.code] = isStuck ? "\(backlog.count) events wait, the oldest for \(Int(backlog.oldestAgeSeconds)) s" : nil
      }
      for group in try await redis.streamInfoGroups(table.stream) { metrics.streamLag.set(Double(group.lag ?? 0), [group.name]) }
    } catch let error as RedisError where error.serverCode == "ERR" {
      // The stream does not exist before its first event.
    } catch {
      stuckBrands.withLock { $0[brand.code] = "the backlog can't be read" }
    }
  }
}
