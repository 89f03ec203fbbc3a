internal import Glibc
internal import Kernel
internal import Logging
internal import Reactor
internal import Synchronization

/// One session with the server. All its code runs on the reactor's thread, and one exchange runs at a time.
///
/// Any interruption of an exchange (deadline, cancellation, broken socket) closes the connection, since nobody could tell what
/// the server still does for it. It never asks the server to cancel: a cancelled COMMIT would be answered like a good one.
actor Connection {
  nonisolated var unownedExecutor: UnownedSerialExecutor { Reactor.shared.asUnownedSerialExecutor() }

  private var handle: ConnectionHandle?
  private var statements = StatementCache()
  private var isExchanging = false
  private let logger: Logger
  /// For the pool's glance at an idle connection; -1 when closed.
  private nonisolated let descriptor = Atomic<Int32>(-1)
  nonisolated let openedAt = ContinuousClock.now

  init(logger: Logger) { self.logger = logger }

  // MARK: Life

  /// Throws `.unreachable`, also when it takes longer than `deadline` or the configured timeout allow.
  static func open(
    _ configuration: DatabaseConfiguration, until deadline: ContinuousClock.Instant, logger: Logger
  ) async throws(PostgresError) -> Connection {
    let parameters = try await configuration.resolvedParameters()
    let connection = Connection(logger: logger)
    try await connection.connect(parameters, until: min(deadline, .now + configuration.connectTimeout))
    return connection
  }

  private func connect(
    _ parameters: [(keyword: String, value: String)], until deadline: ContinuousClock.Instant
  ) async throws(PostgresError) {
    handle = ConnectionHandle(parameters: parameters)
    var poll = ConnectionHandle.Poll.writing
    while let socket = handle?.socket, handle?.isBad == false {
      let readiness = await Reactor.shared.wait(for: poll == .reading ? .readable : .writable, on: socket, until: deadline)
      if readiness == .cancelled { throw gaveUp(.deadlineExceeded, "the task was cancelled") }
      if readiness == .timedOut { throw gaveUp(.unreachable, "no answer in time") }
      poll = handle?.pollConnect() ?? .failed
      if poll == .failed { break }
      guard poll == .done else { continue }
      guard handle?.setNonBlocking() == true else { break }
      descriptor.store(handle?.socket ?? -1, ordering: .releasing)
      return
    }
    throw gaveUp(.unreachable, handle?.errorMessage ?? "out of memory")
  }

  private func gaveUp(_ kind: PostgresError.Kind, _ message: String) -> PostgresError {
    close()
    return PostgresError(kind, message, operation: "connect")
  }

  func close() {
    let socket = descriptor.exchange(-1, ordering: .acquiringAndReleasing)
    // A running exchange waits on the socket: it has to find the end by itself, and closes then.
    if isExchanging, socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) } else { handle = nil }
  }

  /// True when the connection is open and the server holds no transaction of it.
  var isReusable: Bool { handle?.isIdle ?? false }

  var isInTransaction: Bool { handle?.isInTransaction ?? false }

  /// True unless something has arrived on an idle connection: nothing should, so that it is the server's farewell more often than not.
  nonisolated var isQuiet: Bool {
    var interest = pollfd(fd: descriptor.load(ordering: .acquiring), events: Int16(POLLIN), revents: 0)
    return interest.fd >= 0 && poll(&interest, 1, 0) == 0
  }

  /// Takes what has arrived on an idle connection. False when it was the end.
  func survivesInput() -> Bool {
    guard handle?.consume() == true, handle?.isBusy == false else { return false }
    let notices = takeNotices()
    return isReusable && !notices.contains(where: \.isFatal)
  }

  private func takeNotices() -> [Notice] {
    let notices = handle?.inbox.take() ?? []
    for notice in notices {
      logger.log(
        level: notice.severity == "WARNING" || notice.isFatal ? .warning : .debug, "notice from PostgreSQL",
        metadata: ["message": "\(notice.message)", "severity": "\(notice.severity)", "sqlstate": "\(notice.sqlState)"])
    }
    return notices
  }

  // MARK: Exchanges

  /// Sends all steps, then reads their answers: one round trip. A failed step keeps the later ones from running.
  ///
  /// Throws only when nothing was sent.
  func exchange(_ steps: [ExchangeStep], until deadline: ContinuousClock.Instant) async throws(PostgresError) -> ExchangeReport {
    try claim()
    defer { isExchanging = false }
    let buffers = try bindBuffers(steps)
    var plan = ExchangePlan(steps: steps)
    guard handle?.enterPipeline() == true, send(&plan, buffers), handle?.sync() == true else {
      return plan.report(interruptedBy: abandon(.connectionLost, handle?.errorMessage ?? "the connection is closed"), notices: [])
    }
    let interruption = await receive(&plan, until: deadline)
    return plan.report(interruptedBy: interruption, notices: takeNotices(), isInTransaction: isInTransaction)
  }

  private func claim() throws(PostgresError) {
    guard !isExchanging else {
      throw PostgresError(.misuse, "another statement of this connection is still running", operation: "query")
    }
    guard handle != nil else { throw PostgresError(.connectionLost, "the connection is closed", operation: "query") }
    isExchanging = true
  }

  private func bindBuffers(_ steps: [ExchangeStep]) throws(PostgresError) -> [BindBuffer] {
    var buffers: [BindBuffer] = []
    for step in steps {
      guard step.sql.binds.count <= Self.bindsMax else {
        throw PostgresError(.misuse, "\(step.sql.binds.count) values in one statement", operation: step.sql.summary)
      }
      buffers.append(try BindBuffer(step.sql.binds))
    }
    return buffers
  }

  /// The protocol counts the values of a statement in sixteen bits.
  private static let bindsMax = 65_535

  private func send(_ plan: inout ExchangePlan, _ buffers: [BindBuffer]) -> Bool {
    for name in statements.evicted {
      guard handle?.execute(unprepared: "DEALLOCATE \(name)") == true else { return false }
      plan.expect(.deallocation(name: name))
    }
    for (index, step) in plan.steps.enumerated() {
      guard step.isPrepared else {
        guard handle?.execute(unprepared: step.sql.text) == true else { return false }
        plan.expect(.answer(step: index))
        continue
      }
      guard let name = prepare(step.sql, &plan), handle?.execute(prepared: name, buffers[index]) == true else { return false }
      plan.expect(.answer(step: index))
    }
    return true
  }

  /// The statement's name in this session; sends its preparation first when it has none. Nil when libpq refused.
  private func prepare(_ sql: SQL, _ plan: inout ExchangePlan) -> String? {
    let key = StatementCache.Key(text: sql.text, types: sql.binds.map(\.type.rawValue))
    if let name = statements.name(for: key) ?? plan.name(for: key) { return name }
    let name = statements.newName()
    guard handle?.prepare(name, sql.text, types: key.types) == true else { return nil }
    plan.expect(.preparation(key: key, name: name))
    return name
  }

  /// Reads until every expected result is there. Returns what interrupted it, if anything did; the connection is closed then.
  private func receive(_ plan: inout ExchangePlan, until deadline: ContinuousClock.Instant) async -> PostgresError? {
    while true {
      let unsent = handle?.flush() ?? false
      if readAvailable(&plan) { return nil }
      if plan.isUnreadable { return abandon(.misuse, "COPY is not supported") }
      guard let socket = handle?.socket, socket >= 0 else { return abandon(.connectionLost, handle?.errorMessage ?? "") }
      switch await Reactor.shared.wait(for: unsent ? .either : .readable, on: socket, until: deadline) {
      case .timedOut: return abandon(.deadlineExceeded, "the deadline passed")
      case .cancelled: return abandon(.deadlineExceeded, "the task was cancelled")
      case .ready: break
      }
      if handle?.consume() == true { continue }
      // What arrived before the end still counts: it may hold the answer to COMMIT.
      if readAvailable(&plan) { return nil }
      return abandon(.connectionLost, handle?.errorMessage ?? "")
    }
  }

  /// Takes the results that have arrived wholly. True when the exchange is complete.
  private func readAvailable(_ plan: inout ExchangePlan) -> Bool {
    while handle?.isBusy == false, !plan.isComplete, !plan.isUnreadable {
      guard let result = handle?.nextResult(operation: plan.currentOperation) else {
        if !plan.statementEnded() { return false }
        continue
      }
      switch plan.receive(result) {
      case .prepared(let key, let name): statements.insert(key, name: name)
      case .deallocated(let name): statements.deallocated(name)
      case nil: break
      }
    }
    return plan.isComplete
  }

  // MARK: Beside transactions

  /// Runs one statement outside a transaction.
  func command(_ sql: SQL, until deadline: ContinuousClock.Instant) async throws(PostgresError) {
    let report = try await exchange([.command(sql)], until: deadline)
    if let interruption = report.interruption { throw interruption.during(sql.summary) }
    if case .failed(let error) = report.outcomes.first { throw error }
  }

  /// Runs text that may hold several statements, with the simple protocol. Throws the first failure; later statements didn't run then.
  func script(_ text: String, until deadline: ContinuousClock.Instant) async throws(PostgresError) {
    try claim()
    defer { isExchanging = false }
    guard handle?.exitPipeline() == true, handle?.send(script: text) == true else {
      throw abandon(.connectionLost, handle?.errorMessage ?? "")
    }
    var plan = ExchangePlan(steps: [], isScript: true)
    if let interruption = await receive(&plan, until: deadline) { throw plan.scriptFailure ?? interruption }
    _ = takeNotices()
    if let failure = plan.scriptFailure { throw failure }
  }

  /// The next notification, or nil when none came until the moment.
  func notification(until moment: ContinuousClock.Instant) async throws(PostgresError) -> Notification? {
    try claim()
    defer { isExchanging = false }
    while true {
      if let notification = handle?.nextNotification() { return notification }
      guard let socket = handle?.socket, socket >= 0 else { throw abandon(.connectionLost, "") }
      switch await Reactor.shared.wait(for: .readable, on: socket, until: moment) {
      case .timedOut, .cancelled: return nil
      case .ready: break
      }
      guard handle?.consume() == true else { throw abandon(.connectionLost, handle?.errorMessage ?? "") }
      _ = takeNotices()
    }
  }

  private func abandon(_ kind: PostgresError.Kind, _ message: String) -> PostgresError {
    _ = takeNotices()
    descriptor.store(-1, ordering: .releasing)
    handle = nil
    return PostgresError(kind, message.isEmpty ? "the server closed the connection" : message, operation: "query")
  }
}
