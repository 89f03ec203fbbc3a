import TestSupport

/// Kills PostgreSQL with SIGKILL at random moments and starts it again.
struct DatabaseKiller: Sendable {
  let postgres: TestPostgresServer
  /// At least so many, however long it takes.
  let killsMin: Int

  /// - Parameter shortest: milliseconds that the server lives at least, at most four times as many.
  /// - Returns: how many times it was killed. It runs at the end.
  func work(seed: UInt64, shortest: Int, isOver: @Sendable () -> Bool) async throws -> Int {
    var random = SeededRandom(seed: seed, worker: -1)
    var kills = 0
    while !isOver() || kills < killsMin {
      try await Task.sleep(for: .milliseconds(shortest + random.below(3 * shortest)))
      await postgres.crash()
      kills += 1
      try await Task.sleep(for: .milliseconds(random.below(400)))
      try await postgres.startAgain()
    }
    return kills
  }
}
