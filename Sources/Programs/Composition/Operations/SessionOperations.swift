internal import Contracts
package import Kernel
internal import Platform
internal import Player
package import Postgres
package import Redis

/// What an operator does with players' sessions. The gateway refuses a session from the moment that its key in Redis is gone.
package struct SessionOperations: Sendable {
  private let redis: RedisClient
  private let catalog: BrandCatalog
  private let invalidation: SessionInvalidation

  package init(database: Database, redis: RedisClient) {
    self.redis = redis
    self.catalog = BrandCatalog(database: database)
    self.invalidation = SessionInvalidation(database: database, redis: redis)
  }

  /// Ends the sessions of one player, of one brand, or with `brand` nil of every brand (S0-JWT-10, S0-JWT-22).
  ///
  /// - Returns: how many were ended, or with `isDryRun` how many would be, by brand.
  package func invalidate(
    brand: BrandID?, player: PlayerID?, by act: OperatorAct, isDryRun: Bool
  ) async throws -> [SessionCount] {
    let brands = try await catalog.all().map(\.id).filter { brand == nil || brand == $0 }
    if let brand, brands.isEmpty { throw OperationRefused(.notFound, "there is no brand \(brand)") }
    var ended: [SessionCount] = []
    for id in brands {
      let count =
        isDryRun
        ? Int(try await invalidation.count(brand: id, subject: player))
        : try await invalidation.invalidate(brand: id, subject: player, by: act.operatorID, reason: act.reason)
      ended.append(SessionCount(brand: id, sessions: count))
    }
    return ended
  }

  /// Counts the sessions in Redis by whether their key names a brand of the catalogue (S0-JWT-14).
  package func audit() async throws -> SessionAudit {
    let known = Set(try await catalog.all().map(\.id))
    var keys: Set<String> = []
    var cursor: String? = "0"
    while let current = cursor {
      let page = try await redis.scan(match: RedisKeys.playerSessionPrefix + "*", cursor: current, pageSize: 1000)
      keys.formUnion(page.keys)
      cursor = page.next
    }
    return SessionAudit(keys: keys, brands: known)
  }
}
