package import Kernel
package import Logging
package import Postgres
package import Redis
internal import Contracts
internal import Synchronization

/// The brands, as `cordon.brand` lists them, kept for at most ``ageSecondsMax`` and dropped at once when `BRAND_CATALOG_CHANGED` is
/// published (S0-RES-23). Every role that asks for a brand's code, status or currency asks here.
package final class BrandCatalog: Sendable {
  /// How old an answer may be when the announcement of a change was missed (C-34).
  package static let ageSecondsMax: Int64 = 60

  private struct Copy {
    let brands: [BrandID: Brand]
    let readAt: Timestamp
  }

  private let database: Database
  private let clock: WallClock
  private struct State {
    var copy: Copy?
    /// Grows with every ``BrandCatalog/forget()``, so that a reading which began before a change is not kept after it.
    var generation: UInt64 = 0
  }

  private let state = Mutex(State())

  package init(database: Database, clock: WallClock = .system) {
    self.database = database
    self.clock = clock
  }

  /// - Parameter deadline: nil for the database's own.
  /// - Throws: the driver's error when the catalogue has to be read and can't be.
  package func brand(_ id: BrandID, deadline: Duration? = nil) async throws -> Brand? { try await brands(deadline)[id] }

  package func all(deadline: Duration? = nil) async throws -> [Brand] { try await brands(deadline).values.sorted { $0.id < $1.id } }

  package func forget() {
    state.withLock {
      $0.copy = nil
      $0.generation &+= 1
    }
  }

  /// The brands as far as they are in memory and fresh, for callers that must not wait; nil when the catalogue has to be read first.
  package func inMemory() -> [BrandID: Brand]? {
    let now = clock.now()
    guard let copy = state.withLock({ $0.copy }), now < copy.readAt.advanced(bySeconds: Self.ageSecondsMax), now >= copy.readAt else {
      return nil
    }
    return copy.brands
  }

  /// Listens for changes until the task is cancelled.
  package func follow(_ redis: RedisClient, logger: Logger) async {
    for await event in redis.subscribe(to: [RedisKeys.brandCatalogChanged]) {
      // A change may have been announced while nobody listened, so an interruption and a fresh subscription forget too.
      forget()
      if case .message = event { logger.info("brand catalogue changed") }
    }
  }

  private func brands(_ deadline: Duration?) async throws -> [BrandID: Brand] {
    if let brands = inMemory() { return brands }
    let now = clock.now()
    let generation = state.withLock { $0.generation }
    let rows = try await database.withPlatform(deadline: deadline) { transaction in
      try await transaction.query("SELECT brand_id, brand_code, status, default_currency FROM cordon.brand")
    }
    var brands: [BrandID: Brand] = [:]
    for row in rows {
      let brand = try Brand(row: row)
      brands[brand.id] = brand
    }
    let read = Copy(brands: brands, readAt: now)
    state.withLock { if $0.generation == generation { $0.copy = read } }
    return brands
  }
}
