internal import Kernel
internal import Logging
internal import Synchronization

/// A bounded set of connections: leased first come, first served.
final class ConnectionPool: Sendable {

  private let configuration: DatabaseConfiguration
  private let logger: Logger
  private let queue: PoolQueue<Connection>

  init(_ configuration: DatabaseConfiguration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
    self.queue = PoolQueue(max: configuration.poolSizeMax)
  }

  var status: PoolStatus { queue.status }

  /// Waits its turn until the deadline (`.poolExhausted`), opening a connection when there is room for one.
  func lease(until deadline: ContinuousClock.Instant) async throws(PostgresError) -> ConnectionLease {
    var grant = await queue.lease(until: deadline)
    while true {
      switch grant {
      case .refused(let error): throw error
      case .permit: return ConnectionLease(connection: try await open(until: deadline), isReused: false)
      case .resource(let connection):
        if await isHealthy(connection) { return ConnectionLease(connection: connection, isReused: true) }
        await connection.close()
        grant = queue.replaceStale()
      }
    }
  }

  private func isHealthy(_ connection: Connection) async -> Bool {
    guard connection.openedAt + configuration.connectionAgeMax > .now else { return false }
    if connection.isQuiet { return true }
    return await connection.survivesInput()
  }

  private func open(until deadline: ContinuousClock.Instant) async throws(PostgresError) -> Connection {
    let start = ContinuousClock.now
    do {
      let connection = try await Connection.open(configuration, until: deadline, logger: logger)
      if queue.opened() { logger.info("PostgreSQL is reachable again", metadata: ["database": "\(configuration.description)"]) }
      return connection
    } catch {
      let wasHurried = error.kind == .unreachable && ContinuousClock.now >= deadline && .now < start + Self.fairWait
      report(error, wasHurried: wasHurried)
      guard wasHurried else { throw error }
      throw PostgresError(.deadlineExceeded, "no connection could be opened in the time that was left", operation: "connect")
    }
  }

  /// Whoever gave up sooner than this, because of a deadline of his own, has learnt nothing about the server.
  private static let fairWait: Duration = .seconds(1)

  private func report(_ error: PostgresError, wasHurried: Bool) {
    guard error.kind == .unreachable, !wasHurried else { return queue.openAbandoned() }
    guard queue.openFailed(error) else { return }
    logger.warning(
      "PostgreSQL is unreachable", metadata: ["database": "\(configuration.description)", "error": "\(error.message)"])
  }

  func giveBack(_ connection: Connection, isReusable: Bool) async {
    if queue.giveBack(connection, isReusable: isReusable) { await connection.close() }
  }

  /// One round of upkeep: closes what is old, unused or dead, and looks whether a lost server is back.
  func tidy() async {
    let now = ContinuousClock.now
    let (ageMax, idleMax) = (configuration.connectionAgeMax, configuration.connectionIdleMax)
    let removed = queue.removeIdle { idle in
      idle.resource.openedAt + ageMax <= now || idle.since + idleMax <= now || !idle.resource.isQuiet
    }
    for connection in removed { await connection.close() }
    guard queue.probe(), let connection = try? await open(until: now + configuration.connectTimeout) else { return }
    await giveBack(connection, isReusable: true)
  }

  /// Refuses new leases at once, and waits for the running ones, up to the configured grace.
  func close() async {
    for connection in queue.close() { await connection.close() }
    let end = ContinuousClock.now + configuration.closeGrace
    while !queue.isDrained, ContinuousClock.now < end {
      guard (try? await Task.sleep(for: .milliseconds(10))) != nil else { return }
    }
  }

  var isClosed: Bool { queue.isClosed }
}
