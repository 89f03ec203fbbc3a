package import Kernel
package import Logging
internal import Reactor

/// PostgreSQL for the rest of Cordon: brand-bound and platform transactions over a bounded pool.
///
/// A transaction body may run several times: on a serialization conflict or deadlock its work is rolled back and it is called again
/// (three attempts at most). What it does besides the transaction must bear that.
package final class Database: Sendable {
  private let configuration: DatabaseConfiguration
  private let pool: ConnectionPool
  private let logger: Logger
  private let inspector: WriteInspector?

  /// Opens nothing yet: the first use does.
  ///
  /// - Parameter gate: asked before every statement that writes.
  package init(_ configuration: DatabaseConfiguration, logger: Logger, gate: (any WriteGate)? = nil) {
    self.configuration = configuration
    self.logger = logger
    self.inspector = gate.map { WriteInspector(gate: $0) }
    self.pool = ConnectionPool(configuration, logger: logger)
  }

  /// Where this database is waited for. A task that prefers it changes threads for none of its statements, and holds up every driver while it
  /// computes (decision 14).
  package var executor: any TaskExecutor { Reactor.shared }

  /// For the metrics and the health check.
  package var status: PoolStatus { pool.status }

  /// Keeps the pool tidy and notices a server's return, until the task is cancelled. Queries work without it too.
  package func run() async {
    while (try? await Task.sleep(for: Self.upkeepInterval)) != nil { await pool.tidy() }
  }

  private static let upkeepInterval: Duration = .seconds(1)

  /// Refuses new work with `.shuttingDown`, and waits for what still runs, up to the configured grace.
  package func close() async { await pool.close() }

  /// Asks the gate before anything is begun: for work that locks, or does something elsewhere, before it writes.
  ///
  /// - Parameter tables: without their schemas.
  /// - Throws: `.paused`.
  package func requireWritable(_ tables: [String]) async throws(PostgresError) { try await inspector?.admit(tables) }

  // MARK: Transactions

  /// Runs the body in a transaction of one brand and commits it when the body returns; rolls back when it throws.
  ///
  /// - Parameter deadline: for everything: a connection, the body, COMMIT, and all attempts.
  /// - Throws: what the body throws, or a ``PostgresError``. `.outcomeUnknown` says that COMMIT was sent and nothing is certain; after every
  ///   other one nothing is committed, unless the body itself called `finishing` and threw afterwards.
  @discardableResult
  package func withBrand<T>(
    _ brand: BrandID, isolation: IsolationLevel = .readCommitted, deadline: Duration? = nil,
    _ body: (BrandTransaction) async throws -> T
  ) async throws -> T {
    try await transact(.brand(brand), isolation, deadline) { try await body(BrandTransaction(brand: brand, core: $0)) }
  }

  /// Like ``withBrand(_:isolation:deadline:_:)`` for tables without a brand; no brand is set in the session meanwhile.
  @discardableResult
  package func withPlatform<T>(
    isolation: IsolationLevel = .readCommitted, deadline: Duration? = nil, _ body: (PlatformTransaction) async throws -> T
  ) async throws -> T {
    try await transact(.platform, isolation, deadline) { try await body(PlatformTransaction(core: $0)) }
  }

  private func transact<T>(
    _ scope: TransactionOpening.Scope, _ isolation: IsolationLevel, _ duration: Duration?, _ body: (TransactionCore) async throws -> T
  ) async throws -> T {
    let duration = duration ?? configuration.defaultDeadline
    let deadline = ContinuousClock.now + duration
    let opening = TransactionOpening(scope: scope, isolation: isolation, guardMilliseconds: configuration.guardMilliseconds(for: duration))
    var attempt = 1
    while true {
      let lease = try await pool.lease(until: deadline)
      let core = TransactionCore(connection: lease.connection, opening: opening, deadline: deadline, inspector: inspector)
      do {
        let value = try await perform(body, core)
        await pool.giveBack(lease.connection, isReusable: await lease.connection.isReusable)
        return value
      } catch {
        try await settle(core, lease, error, attempt)
        attempt += 1
      }
    }
  }

  private func perform<T>(_ body: (TransactionCore) async throws -> T, _ core: TransactionCore) async throws -> T {
    let value: T
    do {
      value = try await body(core)
    } catch {
      core.endBody()
      throw error
    }
    core.endBody()
    try await core.commit()
    return value
  }

  /// Rolls back and returns the connection; throws the error unless the body is to be run again.
  private func settle(_ core: TransactionCore, _ lease: ConnectionLease, _ error: any Error, _ attempt: Int) async throws {
    let failure = core.failure
    let isClean = await core.rollBack()
    await pool.giveBack(lease.connection, isReusable: isClean && failure?.isStaleStatement != true)
    guard let failure, !Task.isCancelled,
      let reason = RetryRules.reason(
        failure: failure, attempt: attempt, isReused: lease.isReused, isUnanswered: core.isUnanswered)
    else { throw error }
    logger.debug(
      "running a transaction again", metadata: ["attempt": "\(attempt)", "reason": "\(reason)", "error": "\(failure)"])
    guard reason == .conflict else { return }
    let pause = RetryRules.pause(afterAttempt: attempt, jitter: .random(in: 0..<1))
    guard (try? await Task.sleep(for: pause)) != nil else { throw error }
  }

  /// One round trip to the server and back.
  package func ping(deadline: Duration? = nil) async throws(PostgresError) {
    do {
      try await withPlatform(deadline: deadline) { transaction in _ = try await transaction.finishing(["SELECT 1"]) }
    } catch let error as PostgresError {
      // A ping changes nothing, so that an unknown outcome is only a lost connection.
      throw error.kind == .outcomeUnknown ? error.with(kind: .connectionLost) : error
    } catch {
      throw PostgresError(.misuse, String(describing: error), operation: "ping")
    }
  }

  /// What is sent to `channel` from the first `.listening` on; reconnects by itself for as long as somebody iterates.
  package func listen(to channel: String) -> NotificationStream {
    NotificationStream(channel: channel, configuration: configuration, logger: logger) { [pool] in pool.isClosed }
  }
}
