package import Postgres
package import Redis

extension ReadinessCheck {
  /// Whether the database answers (S4-READY-03).
  package static func database(_ database: Database) -> ReadinessCheck {
    ReadinessCheck("database") {
      do throws(PostgresError) {
        try await database.ping(deadline: .seconds(1))
        return .passed
      } catch {
        return .failed("the database doesn't answer: \(error.kind.rawValue)")
      }
    }
  }

  /// Whether Redis answers.
  package static func redis(_ redis: RedisClient) -> ReadinessCheck {
    ReadinessCheck("redis") {
      do {
        _ = try await redis.send(["PING"], deadline: .seconds(1))
        return .passed
      } catch {
        return .failed("Redis doesn't answer")
      }
    }
  }
}
