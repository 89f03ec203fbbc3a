package import Kernel
package import Logging
package import Platform
package import Postgres
internal import Synchronization

/// Signs every brand's log about once a second while there is something new. Several workers share the brands; each log has one writer at a time.
package final class LogWorker: Sendable {
  /// As ``WalletCheckWorker/sessionSettings``, for the same reason.
  package static let sessionSettings = WalletCheckWorker.sessionSettings
  private static let pause: Duration = .seconds(1)
  private static let deadline: Duration = .seconds(30)

  private let database: Database
  private let catalog: BrandCatalog
  private let publisher: LogPublisher
  private let metrics: LogMetrics
  private let logger: Logger
  private let clock: WallClock
  private let refused = Mutex<[BrandCode: LogRefusal]>([:])

  package init(
    database: Database, catalog: BrandCatalog, signer: LogSigner, memory: LogMemory, registry: MetricsRegistry, logger: Logger,
    clock: WallClock = .system
  ) {
    self.database = database
    self.catalog = catalog
    publisher = LogPublisher(signer: signer, memory: memory, clock: clock)
    metrics = LogMetrics(registry, clock: clock)
    self.logger = logger
    self.clock = clock
  }

  /// Signs until the task is cancelled.
  package func run() async {
    while !Task.isCancelled {
      if await round() { try? await Task.sleep(for: Self.pause) }
    }
  }

  /// What an operator should know although the worker works.
  package var warnings: [String] {
    refused.withLock { refused in
      refused.sorted { $0.key.rawValue < $1.key.rawValue }.map { "the wallet's log of brand \($0.key) isn't signed: \($0.value)" }
    }
  }

  /// - Returns: whether nothing is left to sign at once.
  @discardableResult
  package func round() async -> Bool {
    var isAtEnd = true
    for brand in await brands() where !Task.isCancelled {
      if await step(brand)?.isAtEnd == false { isAtEnd = false }
    }
    return isAtEnd
  }

  private func step(_ brand: Brand) async -> LogPublisher.Progress? {
    metrics.begin(brand.code, at: clock.now())
    do {
      let progress = try await database.withBrand(brand.id, isolation: .repeatableRead, deadline: Self.deadline) {
        try await self.publisher.step($0)
      }
      if let progress {
        metrics.tell(progress, of: brand.code, at: clock.now())
        if refused.withLock({ $0.removeValue(forKey: brand.code) }) != nil { metrics.tell(nil, of: brand.code) }
      }
      return progress
    } catch let refusal as LogRefusal {
      tell(refusal, of: brand)
    } catch {
      guard !Task.isCancelled else { return nil }
      // The age that the metrics show goes on growing, and an alert watches it.
      logger.warning("signing a brand's log failed", metadata: ["brand_code": "\(brand.code)", "error": "\(error)"])
    }
    return nil
  }

  private func tell(_ refusal: LogRefusal, of brand: Brand) {
    metrics.tell(refusal, of: brand.code)
    guard refused.withLock({ $0.updateValue(refusal, forKey: brand.code) }) != refusal else { return }
    logger.error(
      "a brand's log is not signed any further",
      metadata: [
        "event": "log_refused", "brand_id": "\(brand.id)", "brand_code": "\(brand.code)", "reason": "\(refusal.reason.rawValue)",
        "detail": "\(refusal.detail)",
      ])
  }

  private func brands() async -> [Brand] {
    do {
      return try await catalog.all()
    } catch {
      logger.warning("the logs can't be signed: the brands can't be read", metadata: ["error": "\(error)"])
      return []
    }
  }
}
