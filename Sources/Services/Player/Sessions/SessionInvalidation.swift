internal import Audit
package import Kernel
internal import Platform
package import Postgres
package import Redis

/// Ends living sessions at an operator's wish: those of one player, or of a whole brand (S0-JWT-10, S0-JWT-22).
///
/// In batches, so that no transaction grows without bound; each has its audit row. When it is stopped half-way the rest still lives, and
/// running it again ends them.
package struct SessionInvalidation: Sendable {
  private static let batch: Int64 = 500

  private let database: Database
  private let store = SessionStore()
  private let marks: SessionMarks
  private let clock: WallClock

  package init(database: Database, redis: RedisClient, clock: WallClock = .system) {
    self.database = database
    self.marks = SessionMarks(redis: redis)
    self.clock = clock
  }

  /// - Parameter subject: nil for every player of the brand.
  /// - Returns: how many sessions were ended.
  /// - Throws: `Problem` with `unavailable` without Redis: a session whose mark remains has not ended.
  package func invalidate(brand: BrandID, subject: PlayerID?, by operatorID: String, reason: String) async throws -> Int {
    var ended = 0
    while true {
      let isFirst = ended == 0
      let count = try await database.withBrand(brand) { transaction in
        let sessions = try await store.revokeSome(of: subject, because: "operator", at: clock.now(), limit: Self.batch, transaction)
        // Also when there was none: that somebody asked for it is an act.
        if isFirst || !sessions.isEmpty {
          try await AdminAudit.append(
            AuditEntry(
              .sessionInvalidate, .playerSession, subject.map { "\($0)" } ?? "*", by: operatorID,
              new: ["ended": .number("\(sessions.count)")], reason: reason), in: transaction)
        }
        try await marks.remove(sessions, brand: brand)
        return sessions.count
      }
      ended += count
      if count < Self.batch { return ended }
    }
  }

  /// How many sessions it would end.
  package func count(brand: BrandID, subject: PlayerID?) async throws -> Int64 {
    try await database.withBrand(brand) { try await store.countLiving(of: subject, at: clock.now(), $0) }
  }
}
