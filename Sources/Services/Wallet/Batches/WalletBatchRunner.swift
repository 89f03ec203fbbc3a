internal import Kernel
internal import Logging
internal import Platform
internal import Postgres

/// Executes a batch of one brand's commands: one transaction where all is well, and whatever it takes where not, so that every command gets
/// an outcome of its own.
///
/// Crash points. Before the commit: nothing has happened, and the callers' retries execute. After it, before the answers: the retries find
/// the stored answers and get them byte for byte.
struct WalletBatchRunner: Sendable {
  /// A transaction that lost a race for a unique key is run again: then it sees the winner.
  private static let attemptsMax = 3
  /// How long it is tried to find out what became of a commit before the callers are told that it isn't known.
  private static let resolutionMax: Duration = .seconds(5)

  private let transaction: WalletBatchTransaction

  init(transaction: WalletBatchTransaction) { self.transaction = transaction }

  /// Where a task that runs batches had best run.
  var executor: any TaskExecutor { transaction.executor }

  /// - Parameter requests: of one brand, in the order in which they take effect.
  func run(_ requests: [WalletRequest]) async -> [WalletOutcome] {
    do {
      // Before the brand's lock: a batch must not hold it for nothing, nor wait behind the migration that the freeze is for.
      try await transaction.requireWritable()
      return try await attempt(requests)
    } catch let error as PostgresError where error.kind == .outcomeUnknown {
      return await resolve(requests, error)
    } catch let error as PostgresError where error.kind == .server && requests.count > 1 {
      return await split(requests, error)
    } catch {
      return requests.map { _ in .failure(error) }
    }
  }

  private func attempt(_ requests: [WalletRequest]) async throws -> [WalletOutcome] {
    var attempt = 1
    while true {
      do {
        return try await transaction.run(requests)
      } catch let error as PostgresError where Self.mayBePast(error) && attempt < Self.attemptsMax {
        // An account that was believed to be there is looked after in the next attempt.
        transaction.forgetAccounts(of: requests)
        attempt += 1
      }
    }
  }

  private static func mayBePast(_ error: PostgresError) -> Bool {
    error.sqlState == .uniqueViolation || error.sqlState == .foreignKeyViolation
  }

  /// One command that the database refuses must not take its neighbours with it: halves, until it stands alone.
  ///
  /// Where the first half met a failure of the infrastructure instead, its players' commands of the second one aren't tried any more.
  private func split(_ requests: [WalletRequest], _ error: PostgresError) async -> [WalletOutcome] {
    requests[0].logger.warning(
      "a batch failed and is split",
      metadata: ["event": "wallet_batch_split", "brand_id": "\(requests[0].brand.id)", "count": "\(requests.count)", "error": "\(error)"])
    let middle = requests.count / 2
    let before = await run(Array(requests[..<middle]))
    let interrupted = WalletFailureRules.interrupted(requests[..<middle], before)
    var after: [WalletOutcome?] = requests[middle...].map { request in interrupted[request.player].map { .failure($0) } }
    let free = zip(requests[middle...], after).filter { $0.1 == nil }.map(\.0)
    var outcomes = (free.isEmpty ? [] : await run(free)).makeIterator()
    for index in after.indices where after[index] == nil { after[index] = outcomes.next() }
    return before + after.map { $0 ?? .failure(error) }
  }

  /// Finds out what became of the commit by running the batch again. The chain's lock waits for the old transaction to be over, so what is
  /// read then is certain: a stored answer says that it was committed, and a command without one has not happened and is executed now.
  private func resolve(_ requests: [WalletRequest], _ cause: PostgresError) async -> [WalletOutcome] {
    requests[0].logger.warning(
      "the outcome of a commit is unknown",
      metadata: [
        "event": "wallet_outcome_unknown", "brand_id": "\(requests[0].brand.id)", "count": "\(requests.count)", "error": "\(cause)",
      ])
    let end = ContinuousClock.now + Self.resolutionMax
    while ContinuousClock.now < end {
      if let outcomes = try? await transaction.run(requests, resolving: true) { return outcomes }
      try? await Task.sleep(for: .milliseconds(100))
    }
    return requests.map { _ in .failure(cause) }
  }
}
