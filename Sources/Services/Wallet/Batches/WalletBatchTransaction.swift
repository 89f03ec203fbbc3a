internal import Kernel
internal import Platform
internal import Postgres

/// A batch in one transaction: lock and read, decide, write and commit, in two round trips.
struct WalletBatchTransaction: Sendable {
  private let database: Database
  private let store: WalletBatchStore
  private let enforcement: EnforcementPolicy
  private let detector: CrossBrandDetector
  private let clock: WallClock

  init(
    database: Database, documents: WalletDocumentCache, enforcement: EnforcementPolicy, detector: CrossBrandDetector, clock: WallClock
  ) {
    self.database = database
    self.store = WalletBatchStore(documents: documents, accounts: WalletKnownAccounts())
    self.enforcement = enforcement
    self.detector = detector
    self.clock = clock
  }

  var executor: any TaskExecutor { database.executor }

  /// - Parameter resolving: an earlier commit of these commands is in doubt. What is found stored then is their own first answer, not a replay;
  ///   and the transaction writes in any case, so that its commit also waits for what the standbys may not have of the earlier one.
  /// - Throws: when nothing of it is committed (or, `.outcomeUnknown`, when that isn't known).
  func run(_ requests: [WalletRequest], resolving: Bool = false) async throws -> [WalletOutcome] {
    guard let brand = requests.first?.brand else { return [] }
    let result = try await database.withBrand(brand.id) { transaction in
      try await self.decided(requests, resolving: resolving, transaction)
    }
    store.accounts.remember(result.plan.accounts, in: brand.id)
    detector.tell(result.sightings, requests)
    return resolving ? result.outcomes.map(Self.asFirst) : result.outcomes
  }

  /// - Throws: `PostgresError` with `.paused` while one of the tables that commands write to is frozen (S0-FRZ-04).
  func requireWritable() async throws { try await database.requireWritable(WalletBatchStore.written) }

  func forgetAccounts(of requests: [WalletRequest]) {
    if let brand = requests.first?.brand.id { store.accounts.forget(brand) }
  }

  private func decided(
    _ requests: [WalletRequest], resolving: Bool, _ transaction: BrandTransaction
  ) async throws -> WalletBatchResult {
    var reading = try await store.read(WalletBatchKeys(requests), transaction)
    let questions = reading.questions(of: requests)
    if !questions.isEmpty { reading.foreign = try await store.brands(of: questions, transaction) }
    var books = WalletBatchBooks(
      brand: requests[0].brand, reading: reading, enforcement: enforcement, at: clock.now(),
      identifiers: UUIDv7Sequence(clock: clock))
    for request in requests { books.execute(request) }
    let result = books.result
    try await store.write(result.plan, touching: resolving, transaction)
    return result
  }

  private static func asFirst(_ outcome: WalletOutcome) -> WalletOutcome {
    outcome.map { WalletAnswer(status: $0.status, body: $0.body, isReplay: false) }
  }
}
