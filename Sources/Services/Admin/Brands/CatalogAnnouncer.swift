internal import Contracts
internal import Kernel
internal import Logging
internal import Platform
internal import Redis

/// Tells every role that the brand catalogue changed, on the channel `BRAND_CATALOG_CHANGED` (S0-RES-23).
struct CatalogAnnouncer: Sendable {
  let redis: RedisClient
  let catalog: BrandCatalog

  /// After the commit of a change. What if nobody hears it, because Redis is away or we stop here: every copy of the catalogue is at most
  /// a minute old anyway (C-34), so the change has happened and the answer says so.
  func changed(_ brand: Brand, logger: Logger) async {
    catalog.forget()
    do {
      try await redis.publish(RedisKeys.brandCatalogChanged, RedisArgument(brand.code.rawValue))
    } catch {
      logger.warning("catalogue change not announced", metadata: ["brand_code": "\(brand.code)", "error": "\(error)"])
    }
  }

  /// By hand. Returns how many subscribers heard it.
  ///
  /// - Throws: `redis_error`; nothing else was asked for, so it is the outcome.
  func publish() async throws -> Int {
    catalog.forget()
    do {
      return try await redis.publish(RedisKeys.brandCatalogChanged, "manual")
    } catch {
      throw Problem(.redisError, detail: "The announcement could not be published")
    }
  }
}
