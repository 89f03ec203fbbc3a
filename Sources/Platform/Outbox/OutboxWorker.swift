internal import Kernel
package import Logging
package import Postgres
package import Redis
internal import Synchronization

/// Publishes an outbox to its Redis Stream: at least once, in the order of each brand, with stable event ids.
///
/// Crash points. Before the events are appended: the rows stay unpublished and the next round takes them. After that, before the commit that
/// stamps `published_at`: they are published again, under the same event ids, which consumers drop. No brand waits for another's rows: each is
/// a transaction of its own, which gives up at once where somebody else holds a lock.
package final class OutboxWorker: Sendable {
  /// How long a brand's oldest event may wait before the worker counts as stuck (S0-SVC-03).
  package static let progressBudget: Duration = .seconds(30)
  /// After so many failed checks an event is set aside, so that those behind it go on (S0-WAL-16).
  package static let attemptsMax: Int32 = 3
  private static let eventsPerRoundMax: Int64 = 200
  private static let pause: Duration = .milliseconds(100)
  /// While something fails: often enough to notice the end of it, seldom enough to leave the log readable.
  private static let pauseAfterFailure: Duration = .seconds(1)
  private static let measurementPeriod: Duration = .seconds(1)
  /// One brand may hold the others up for so long at most.
  private static let brandDeadline: Duration = .seconds(5)

  private let table: OutboxTable
  private let store: OutboxStore
  private let stream: OutboxStream
  private let catalog: BrandCatalog
  private let metrics: OutboxMetrics
  private let logger: Logger
  private let progress: OutboxProgress
  private let isRunning = Atomic<Bool>(false)

  /// - Parameter now: tells how long the last round is past; tests bring another.
  package init(
    _ table: OutboxTable, database: Database, redis: RedisClient, catalog: BrandCatalog, registry: MetricsRegistry, logger: Logger,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.table = table
    self.store = OutboxStore(table: table, database: database)
    self.stream = OutboxStream(name: table.stream, redis: redis)
    self.catalog = catalog
    self.metrics = OutboxMetrics(table, registry: registry)
    self.logger = logger
    self.progress = OutboxProgress(budget: Self.progressBudget, now: now)
  }

  /// Publishes until the task is cancelled.
  package func run() async {
    isRunning.store(true, ordering: .releasing)
    defer { isRunning.store(false, ordering: .releasing) }
    var measuredAt: ContinuousClock.Instant?
    while !Task.isCancelled {
      let round = await publishRound()
      if measuredAt.map({ $0.duration(to: .now) >= Self.measurementPeriod }) ?? true {
        await measure()
        measuredAt = .now
      }
      if round.hasFailed {
        try? await Task.sleep(for: Self.pauseAfterFailure)
      } else if round.published == 0 {
        try? await Task.sleep(for: Self.pause)
      }
    }
  }

  /// Forward progress, not liveness: fails while a brand's backlog is older than the budget, or the worker has been silent for longer.
  package var readiness: ReadinessCheck {
    ReadinessCheck("\(table.metricPrefix)_progress") { [progress] in progress.fault.map { .failed($0) } ?? .passed }
  }

  /// Whether the worker that the configuration asks for works (S4-READY-06).
  package var runningCheck: ReadinessCheck {
    ReadinessCheck("worker") { [self] in isRunning.load(ordering: .acquiring) ? .passed : .failed("the worker is not running") }
  }

  /// One round over all brands, disabled ones too: their ledgers go on.
  package func publishRound() async -> OutboxRound {
    progress.moved()
    guard let brands = await brands() else { return OutboxRound(published: 0, hasFailed: true) }
    var round = OutboxRound()
    for brand in brands where !Task.isCancelled {
      do {
        let batch = try await publish(brand)
        tell(batch, of: brand)
        round.published += batch.published
      } catch {
        round.hasFailed = true
        metrics.failed.increment([brand.code.rawValue])
        logger.warning(
          "publishing failed; the events stay in the outbox",
          metadata: ["outbox": "\(table.rawValue)", "brand_code": "\(brand.code)", "brand_id": "\(brand.id)", "error": "\(error)"])
      }
      progress.moved()
    }
    return round
  }

  /// Reads every brand's backlog and the stream's lag into the metrics and the readiness.
  package func measure() async {
    for brand in await brands() ?? [] where !Task.isCancelled {
      await measure(brand)
      progress.moved()
    }
    // Without Redis the driver's own check fails, and the backlogs grow old.
    guard let groups = try? await stream.groups() else { return }
    for group in groups {
      // Redis can't count the lag of a group whose entries were trimmed away; the last number is kept then.
      if let lag = group.lag { metrics.streamLag.set(Double(lag), [group.name]) }
    }
  }

  private func brands() async -> [Brand]? {
    do {
      let brands = try await catalog.all()
      progress.setCatalog(nil)
      return brands
    } catch {
      progress.setCatalog("the brands can't be read")
      logger.warning("the outbox worker can't read the brands", metadata: ["outbox": "\(table.rawValue)", "error": "\(error)"])
      return nil
    }
  }

  private func publish(_ brand: Brand) async throws -> OutboxBatch {
    // Before the stream has anything: what can't be stamped would be published again every round.
    try await store.database.requireWritable([table.bareName])
    return try await store.database.withBrand(brand.id, deadline: Self.brandDeadline) { transaction in
      var batch = OutboxBatch()
      var sound: [OutboxEvent] = []
      for event in try await self.store.claim(transaction, limit: Self.eventsPerRoundMax) ?? [] {
        guard let fault = event.fault(for: brand.id) else {
          sound.append(event)
          continue
        }
        let isFinal = event.attempts + 1 >= Self.attemptsMax
        try await self.store.setAside(event.id, because: fault, final: isFinal, transaction)
        if isFinal { batch.deadLettered.append((event: event.id, fault: fault)) }
      }
      if !sound.isEmpty {
        try await self.stream.append(sound, of: brand)
        try await self.store.markPublished(sound.map(\.id), transaction)
        batch.published = sound.count
      }
      return batch
    }
  }

  private func tell(_ batch: OutboxBatch, of brand: Brand) {
    let code = brand.code.rawValue
    if batch.published > 0 { metrics.published.increment([code], by: UInt64(batch.published)) }
    for (event, fault) in batch.deadLettered {
      metrics.deadLettered.increment([code])
      logger.error(
        "event moved to the dead letters",
        metadata: [
          "event": "outbox_dead_letter", "outbox": "\(table.rawValue)", "brand_id": "\(brand.id)", "brand_code": "\(brand.code)",
          "event_id": "\(event)", "fault": "\(fault)",
        ])
    }
  }

  private func measure(_ brand: Brand) async {
    let code = brand.code.rawValue
    do {
      let backlog = try await store.backlog(of: brand.id, deadline: Self.brandDeadline)
      metrics.unpublished.set(Double(backlog.count), [code])
      metrics.oldestUnpublishedSeconds.set(backlog.oldestAgeSeconds, [code])
      let isStuck = backlog.oldestAgeSeconds > Self.progressBudget.inSeconds
      progress.set(
        isStuck ? "\(backlog.count) events wait, the oldest for \(Int(backlog.oldestAgeSeconds)) s" : nil, of: brand.code)
    } catch {
      progress.set("the backlog can't be read", of: brand.code)
    }
  }
}
