internal import Contracts
package import Redis
internal import Synchronization

/// Asks Redis for a process which tables are frozen: concurrent writers share one question, and one question asks for several tables.
package final class FreezeLookups: Sendable {
  /// Longer than any healthy Redis takes; writers wait for it once a second at most while Redis hangs.
  private static let deadline: Duration = .milliseconds(250)

  private struct State {
    var book = FreezeBook()
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let redis: RedisClient
  private let state = Mutex(State())

  package init(redis: RedisClient) { self.redis = redis }

  func decide(_ tables: [String]) async -> FreezeDecision {
    while true {
      switch state.withLock({ $0.book.next(tables, at: .now) }) {
      case .decided(let decision): return decision
      case .ask(let asked):
        // Not a child of the writer's task: a client that hangs up must not take the answer from the others. It ends with its deadline.
        Task { await self.ask(asked) }
        await waitForAnswer(on: tables)
      case .wait: await waitForAnswer(on: tables)
      }
    }
  }

  /// All tables that were asked for so far.
  var overview: FreezeDecision { state.withLock { $0.book.overview(at: .now) } }

  private func ask(_ tables: [String]) async {
    let answers = try? await answers(tables)
    let waiters = state.withLock { state in
      if let answers { state.book.answer(answers, at: .now) } else { state.book.fail(tables) }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Any value freezes, not `1` alone: an order that can't be read is obeyed.
  private func answers(_ tables: [String]) async throws(RedisError) -> [String: Bool] {
    let command = ["MGET"] + tables.map { RedisArgument(RedisKeys.tableFreeze($0)) }
    guard let values = try await redis.send(command, deadline: Self.deadline).array, values.count == tables.count else {
      throw RedisError(.protocolViolation, "MGET gave another number of values.")
    }
    return Dictionary(uniqueKeysWithValues: zip(tables, values.map { $0 != .null }))
  }

  private func waitForAnswer(on tables: [String]) async {
    await withCheckedContinuation { continuation in
      let isUnderWay = state.withLock { state in
        guard state.book.isUnderWay(tables) else { return false }
        state.waiters.append(continuation)
        return true
      }
      if !isUnderWay { continuation.resume() }
    }
  }
}
