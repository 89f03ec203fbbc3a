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
      Task { await drive() }
    }
  }

  private func drive() async {
    while let batch = queue.withLock({ $0.take() }) {
      let latest = ContinuousClock.now - Self.waitMax
      let fresh = batch.filter { $0.since >= latest }
      for waiter in batch where waiter.since < latest { waiter.answer(.failure(Self.overloaded)) }
      guard !fresh.isEmpty else { continue }
      let outcomes = await runner.run(fresh.map(\.request))
      for (waiter, outcome) in zip(fresh, outcomes) { waiter.answer(outcome) }
    }
  }

  private static let overloaded = Problem(.overloaded, detail: "too many commands of this brand wait", retryAfterSeconds: 1)
}
