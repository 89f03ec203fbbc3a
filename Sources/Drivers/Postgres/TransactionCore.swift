internal import Synchronization

/// A transaction on a leased connection, behind ``BrandTransaction`` and ``PlatformTransaction``.
final class TransactionCore: Sendable {
  private let connection: Connection
  private let opening: TransactionOpening
  private let deadline: ContinuousClock.Instant
  private let inspector: WriteInspector?
  private let state = Mutex(TransactionState())

  init(connection: Connection, opening: TransactionOpening, deadline: ContinuousClock.Instant, inspector: WriteInspector? = nil) {
    self.connection = connection
    self.opening = opening
    self.deadline = deadline
    self.inspector = inspector
  }

  /// The failure that made the transaction impossible to commit, whatever the body made of it.
  var failure: PostgresError? { state.withLock(\.failure) }

  var isUnanswered: Bool { state.withLock(\.isUnanswered) }

  func endBody() { state.withLock { $0.endBody() } }

  /// Runs the statements in one round trip. - Parameter commits: COMMIT travels with them.
  func run(_ statements: [SQL], commits: Bool = false) async throws(PostgresError) -> [Rows] {
    try await inspect(statements)
    let isFirst = try start(Self.name(statements.first), afterBody: false)
    if statements.isEmpty && !commits {
      state.withLock { $0.neverSent() }
      return []
    }
    let prelude = isFirst ? opening.steps : []
    let steps = prelude + statements.map { .statement($0) } + (commits ? [.command("COMMIT")] : [])
    return Array(try await send(steps, commits: commits, Self.name(statements.first)).dropFirst(prelude.count).prefix(statements.count))
  }

  private func inspect(_ statements: [SQL]) async throws(PostgresError) {
    guard let inspector else { return }
    do {
      try await inspector.admit(statements)
    } catch {
      state.withLock { $0.refuse(error) }
      throw error
    }
  }

  /// Only an error says it: finding the head of a statement's text costs more than sending it.
  private static func name(_ sql: SQL?) -> String { sql?.summary ?? "commit" }

  private func start(_ operation: @autoclosure () -> String, afterBody: Bool) throws(PostgresError) -> Bool {
    if ContinuousClock.now >= deadline { throw PostgresError(.deadlineExceeded, "the deadline passed", operation: operation()) }
    // Seen before anything is sent, a cancellation leaves no doubt about the outcome.
    if Task.isCancelled { throw PostgresError(.deadlineExceeded, "the task was cancelled", operation: operation()) }
    return try state.withLock { state throws(PostgresError) in try state.start(operation(), afterBody: afterBody) }
  }

  private func send(_ steps: [ExchangeStep], commits: Bool, _ operation: @autoclosure () -> String) async throws(PostgresError) -> [Rows] {
    let report: ExchangeReport
    do {
      report = try await connection.exchange(steps, until: deadline)
    } catch {
      state.withLock { $0.neverSent() }
      throw error
    }
    let judged = TransactionVerdict.judge(report, commits: commits, stepCount: steps.count)
    let verdict = commits ? judged : judged.requiringTransaction(report)
    state.withLock { $0.finish(verdict, commits: commits, interrupted: report.interruption != nil) }
    switch verdict {
    case .succeeded(let rows): return rows
    case .failed(let error): throw report.interruption == nil ? error : error.during(operation())
    case .unknown(let error): throw error
    }
  }

  /// Commits after the body ended. Throws the failure that stands in the way, also when the body swallowed it.
  func commit() async throws(PostgresError) {
    let (phase, failure, isRunning) = state.withLock { ($0.phase, $0.failure, $0.isRunning) }
    guard !isRunning else {
      throw PostgresError(.misuse, "the body ended while a statement of its transaction was running", operation: "commit")
    }
    switch phase {
    case .fresh:
      if let failure { throw failure }
      return
    case .committed: return
    case .failed, .lost: throw failure ?? PostgresError(.server, "the transaction failed", operation: "commit")
    case .open: break
    }
    _ = try start("commit", afterBody: true)
    _ = try await send([.command("COMMIT")], commits: true, "commit")
  }

  /// Leaves the connection without a transaction. Returns false when it must not be used again.
  func rollBack() async -> Bool {
    let (phase, isRunning) = state.withLock { ($0.phase, $0.isRunning) }
    switch phase {
    case _ where isRunning, .lost:
      await connection.close()
      return false
    case .fresh, .committed: return await connection.isReusable
    case .open, .failed: break
    }
    let report = try? await connection.exchange([.command("ROLLBACK")], until: deadline)
    if let report, report.interruption == nil, await connection.isReusable { return true }
    await connection.close()
    return false
  }
}
