import Kernel
package import Logging
internal import Reactor
import Synchronization

/// A Redis server's client: one connection that all tasks share, kept alive by ``run()``, and connections of their own for what blocks
/// (streams) or listens (subscriptions).
///
/// Commands of concurrent tasks are pipelined in the order of their arrival. A command whose fate isn't known is never sent again: the
/// caller gets ``RedisError/Kind/connectionLost`` or ``RedisError/Kind/deadlineExceeded`` and decides. Commands that block (`BLPOP`), listen
/// (`SUBSCRIBE`) or change the connection (`SELECT`, `HELLO`, `CLIENT REPLY`) must not be sent through it.
///
/// Losing the connection fails what was under way; the first attempt to connect again follows at once, and commands that come meanwhile wait
/// for it. When it fails, commands fail fast until an attempt succeeds.
package final class RedisClient: Sendable {
  let configuration: RedisConfiguration
  let logger: Logger
  let queue: CommandQueue
  /// Opened by ``run()``.
  private let started = Latch()
  /// Opened by ``close()``.
  let closing = Latch()
  let scripts = Mutex<[String: String]>([:])
  let blockingLinks = Mutex<[RedisLink]>([])
  private let currentStatus = Mutex(RedisStatus(connected: false, unreachableSince: nil, reason: nil))

  package init(_ configuration: RedisConfiguration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
    self.queue = CommandQueue(repliesExpectedMax: configuration.commandsUnderWayMax)
  }

  package var status: RedisStatus { currentStatus.withLock { $0 } }

  /// Connects and keeps connected; returns when the task is cancelled or the client closed. Call it once; until it runs, commands wait.
  package func run() async {
    started.open()
    await race(
      { await self.closing.wait() },
      { await self.keepConnected() },
      { await self.keepDeadlines() })
    await close()
  }

  /// Commands that are under way, and all later ones, fail with ``RedisError/Kind/shuttingDown``; subscriptions end.
  package func close() async {
    queue.close()
    closing.open()
    blockingLinks.withLock { $0 = [] }
    currentStatus.withLock { $0 = RedisStatus(connected: false, unreachableSince: $0.unreachableSince, reason: "closed") }
  }

  // MARK: Commands

  /// Sends one command and waits for its reply, for ``RedisConfiguration/commandDeadline`` unless told otherwise.
  ///
  /// An error reply is thrown as ``RedisError/Kind/server(_:)``.
  @discardableResult
  package func send(_ command: [RedisArgument], deadline: Duration? = nil) async throws(RedisError) -> RedisValue {
    let replies = try await pipeline([command], deadline: deadline)
    guard let reply = replies.first else { throw RedisError(.protocolViolation, "The server's reply is missing.") }
    if case .error(let message) = reply { throw RedisError.server(message) }
    return reply
  }

  /// Sends commands side by side, with no other task's command between them, and returns one reply for each, in order.
  ///
  /// A command that the server refuses is a ``RedisValue/error(_:)`` at its place: the others have been executed all the same.
  package func pipeline(_ commands: [[RedisArgument]], deadline: Duration? = nil) async throws(RedisError) -> [RedisValue] {
    guard !commands.isEmpty else { return [] }
    var bytes: [UInt8] = []
    for command in commands { bytes += try CommandEncoding.encode(command) }
    let deadline = ContinuousClock.now + (deadline ?? configuration.commandDeadline)
    if !started.isOpen { try await waitForStart(until: deadline) }
    let pending = PendingCommand(bytes: bytes, replyCount: commands.count, deadline: deadline)
    try queue.add(pending)
    return try await pending.outcome().get()
  }

  /// Deadlines are kept by ``run()``; before it runs, each command has to keep its own.
  private func waitForStart(until deadline: ContinuousClock.Instant) async throws(RedisError) {
    await race(
      { await self.started.wait() },
      { await self.closing.wait() },
      { try? await Task.sleep(until: deadline, clock: .continuous) })
    guard !started.isOpen, !closing.isOpen else { return }
    if Task.isCancelled { throw RedisError(.cancelled, "The task was cancelled before the command was sent.") }
    throw RedisError(.deadlineExceeded, "The deadline passed before the command was sent: the client isn't running.")
  }

  // MARK: Upkeep

  private func keepConnected() async {
    var pause = ReconnectPause(configuration)
    while !Task.isCancelled {
      do throws(RedisError) {
        let link = try await RedisLink.open(configuration)
        let since = ContinuousClock.now
        noteConnected()
        let error = await serve(link)
        noteLost(error)
        if pause.hadHeld(for: since.duration(to: .now)) { continue }
        throw error
      } catch {
        if Task.isCancelled { return }
        noteFailedAttempt(error)
      }
      try? await Task.sleep(for: pause.next())
    }
  }

  /// Lets the commands use the link until it breaks; returns why it did.
  private func serve(_ link: RedisLink) async -> RedisError {
    await withTaskGroup(of: RedisError.self) { group in
      group.addTask(executorPreference: Reactor.shared) { await link.receive(into: self.queue) }
      group.addTask(executorPreference: Reactor.shared) { await link.transmit(from: self.queue) }
      group.addTask { await self.waitForOverdueCommand() }
      let first = await group.next()
      group.cancelAll()
      return first ?? RedisError(.connectionLost, "The connection ended.")
    }
  }

  private func waitForOverdueCommand() async -> RedisError {
    while !queue.hasOverdueCommand, !Task.isCancelled { await queue.overdue.wait() }
    return RedisError(.connectionLost, "The connection was given up because a reply was overdue.")
  }

  /// Ends the wait of commands whose deadline has passed.
  private func keepDeadlines() async {
    // A command with a shorter deadline may come while we sleep towards a longer one; it is noticed this much late at most.
    let grain = Duration.milliseconds(20)
    while !Task.isCancelled {
      guard let earliest = queue.earliestDeadline() else {
        await queue.busy.wait()
        continue
      }
      try? await Task.sleep(until: min(earliest, .now + grain), clock: .continuous)
      queue.expire(at: .now)
    }
  }

  // MARK: Status

  private func noteConnected() {
    queue.connected()
    currentStatus.withLock { $0 = RedisStatus(connected: true, unreachableSince: nil, reason: nil) }
    logger.info("Connected to Redis", metadata: ["redis": "\(configuration)"])
  }

  private func noteLost(_ error: RedisError) {
    // We ended the connection ourselves: ``close()`` follows and tells the commands so.
    if Task.isCancelled { return }
    queue.connectionLost(error)
    noteUnreachable(error)
    logger.warning("Lost the connection to Redis", metadata: ["redis": "\(configuration)", "reason": "\(error.message)"])
  }

  private func noteFailedAttempt(_ error: RedisError) {
    queue.attemptFailed(error)
    let isNews = status.reason != error.message
    noteUnreachable(error)
    guard isNews else { return }
    logger.warning("Redis is unreachable", metadata: ["redis": "\(configuration)", "reason": "\(error.message)"])
  }

  private func noteUnreachable(_ error: RedisError) {
    let now = configuration.clock.now()
    currentStatus.withLock { $0 = RedisStatus(connected: false, unreachableSince: $0.unreachableSince ?? now, reason: error.message) }
  }
}
