internal import Contracts
internal import Kernel
internal import Redis

/// The Redis keys that say which sessions live: `session:{brand}:{session_id}`, holding the player's number. The gateway asks for them on
/// every request; `cordon.player_session` is the truth that they can be made from again.
///
/// Each is changed while its session's row is locked, and before the commit. So no two changes overtake one another, and a stop in between
/// leaves at worst a session refused that could live (a refresh marks it again), never one accepted that has ended.
struct SessionMarks: Sendable {
  let redis: RedisClient

  /// - Throws: `Problem` with `unavailable` without Redis: a session that the gateway can't see must not begin.
  func set(_ session: UUIDv7, player: PlayerID, brand: BrandID, seconds: Int64) async throws {
    try await change {
      _ = try await redis.set(Self.key(session, brand), RedisArgument(player.rawValue), expirySeconds: Int(seconds))
    }
  }

  /// - Throws: `Problem` with `unavailable` without Redis: a session whose mark remains has not ended.
  func remove(_ sessions: [UUIDv7], brand: BrandID) async throws {
    guard !sessions.isEmpty else { return }
    try await change {
      _ = try await redis.send(["DEL"] + sessions.map { RedisArgument(Self.key($0, brand)) })
    }
  }

  static func key(_ session: UUIDv7, _ brand: BrandID) -> String {
    RedisKeys.playerSession(brand: brand.rawValue, session: session.description)
  }

  private func change(_ change: () async throws -> Void) async throws {
    do {
      try await change()
    } catch is RedisError {
      throw Problem(.unavailable, detail: "Sessions can't be changed right now")
    }
  }
}
