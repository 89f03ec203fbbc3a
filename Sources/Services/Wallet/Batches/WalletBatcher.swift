internal import Kernel
internal import Synchronization

/// Gathers the commands of one brand while the batch before them is under way, so that together they cost one transaction, one fsync
/// and one extension of the chain. An idle wallet doesn't wait for company: a command that comes alone is a batch of one.
final class WalletBatcher: Sendable {
  /// A command that waited longer than this is refused without being tried: its caller has most likely given up.
  private static let waitMax: Duration = .seconds(8)

  private let queue: Mutex<WalletQueue>
  private let runner: WalletBatchRunner

  init(queue: WalletQueue = WalletQueue(), runner: WalletBatchRunner) {
    self.queue = Mutex(queue)
    self.runner = runner
  }

  func execute(_ request: WalletRequest) async -> WalletOutcome {
    await withCheckedContinuation { continuation in
      admit([WalletWaiter(request: request, since: .now) { continuation.resume(returning: $0) }])
    }
  }

  /// Commands that came in one request: they keep their order, and share batches with others.
  func execute(_ requests: [WalletRequest]) async -> [WalletOutcome] {
    guard !requests.isEmpty else { return [] }
    return await withCheckedContinuation { continuation in
      let gathering = WalletGathering(count: requests.count) { continuation.resume(returning: $0) }
      let now = ContinuousClock.now
      admit(
        requests.enumerated().map { index, request in
          WalletWaiter(request: request, since: now) { gathering.put($0, at: index) }
        })
    }
  }

  private func admit(_ waiters: [WalletWaiter]) {
    switch queue.withLock({ $0.admit(waiters) }) {
    case .waits: break
    case .refused: for waiter in waiters { waiter.answer(.failure(Self.overloaded)) }
    case .drives:
      // Not a child of the request's task: a client that hangs up must not tear down the batch of its neighbours. It ends by itself when
      // nothing waits, and every command in it belongs to a request that the drain waits for.
      // It runs where it waits for the database: a change of threads costs more than deciding a command.
      Task(executorPreference: runner.executor) { await self.drive() }
    }
  }

  private func drive() async {
    var done: [WalletWaiter] = []
    while let batch = queue.withLock({ $0.take(releasing: done) }) {
      await execute(batch)
      done = batch
    }
  }

  /// Commands of a player take effect in the order in which they came, or not at all from the first on that was lost: to the
  /// infrastructure, or because it had waited too long.
  private func execute(_ batch: [WalletWaiter]) async {
    let latest = ContinuousClock.now - Self.waitMax
    let late = Set(batch.filter { $0.since < latest }.map(\.request.player))
    let fresh = late.isEmpty ? batch : batch.filter { !late.contains($0.request.player) }
    let outcomes = fresh.isEmpty ? [] : await runner.run(fresh.map(\.request))
    var lost = WalletFailureRules.interrupted(fresh.map(\.request), outcomes)
    for player in late { lost[player] = Self.overloaded }
    if !lost.isEmpty { refuseWaiting(of: lost) }
    for (waiter, outcome) in zip(fresh, outcomes) { waiter.answer(outcome) }
    for waiter in batch where late.contains(waiter.request.player) { waiter.answer(.failure(Self.overloaded)) }
  }

  private func refuseWaiting(of players: [PlayerID: any Error]) {
    let withdrawn = queue.withLock { $0.withdraw { players[$0] != nil } }
    for waiter in withdrawn {
      if let error = players[waiter.request.player] { waiter.answer(.failure(error)) }
    }
  }

  private static let overloaded = Problem(.overloaded, detail: "too many commands of this brand wait", retryAfterSeconds: 1)
}
