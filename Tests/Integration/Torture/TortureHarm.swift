import Foundation
import TestSupport

/// Kills the servers beneath a stack and one of its wallets, each at random moments of its own, until the run is over.
struct TortureHarm: Sendable {
  let run: TortureRun
  let wallet: RoleProcess
  let tally: TortureTally
  /// Milliseconds that a server lives at least, at most four times as many.
  let shortest: Int

  func killDatabase() async throws {
    var random = SeededRandom(seed: run.settings.seed, worker: -1)
    while await pauses(&random) {
      await run.stack.postgres.crash()
      tally.add(.databaseKilled)
      try await Task.sleep(for: .milliseconds(random.below(400)))
      try await run.stack.postgres.startAgain()
    }
  }

  /// At the end it serves.
  func killWallet() async throws {
    var random = SeededRandom(seed: run.settings.seed, worker: -2)
    while await pauses(&random) {
      // A process that never came up proves nothing by its death.
      try await wallet.serves()
      try await Task.sleep(for: .milliseconds(random.below(shortest)))
      await wallet.kill()
      tally.add(.walletKilled)
      try wallet.startAgain()
    }
    try await wallet.serves()
  }

  func harmRedis() async throws {
    var random = SeededRandom(seed: run.settings.seed, worker: -3)
    let redis = run.stack.redis
    var kind = 0
    while await pauses(&random) {
      switch kind % 3 {
      case 0:
        await redis.crash()
        tally.add(.redisKilled)
        try await Task.sleep(for: .milliseconds(random.below(1_000)))
        try await redis.startAgain()
        try await restoreSessions()
      case 1:
        redis.pause()
        tally.add(.redisFrozen)
        try await Task.sleep(for: .milliseconds(200 + random.below(2_000)))
        redis.resume()
      default:
        try await run.stack.flushRedis()
        tally.add(.redisFlushed)
        try await Task.sleep(for: .milliseconds(random.below(300)))
        try await restoreSessions()
      }
      kind += 1
    }
  }

  /// - Returns: whether there is more harm to do.
  private func pauses(_ random: inout SeededRandom) async -> Bool {
    try? await Task.sleep(for: .milliseconds(shortest + random.below(3 * shortest)))
    return !run.isOver && !Task.isCancelled
  }

  /// What an operator does after Redis has forgotten everything, and what players do.
  private func restoreSessions() async throws {
    try await eventually("the hosts are bound again", within: .seconds(60), every: .milliseconds(100)) {
      try await run.stack.rebuildBindings() == 0
    }
    for (account, brand) in run.accounts { try await logIn(account, brand) }
  }

  /// Attempts are counted against guessing, also those that fail with the database: no more of them than a player would make.
  private func logIn(_ account: String, _ brand: StackBrand) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      do {
        return run.paths.renew(try await run.stack.session(account, on: brand))
      } catch {
        guard ContinuousClock.now < deadline else { throw error }
        try await Task.sleep(for: .milliseconds(700))
      }
    }
  }
}
