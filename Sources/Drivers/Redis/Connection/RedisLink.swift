import Reactor

/// One connection. All of it runs on the reactor's thread; dropping the last reference closes the socket.
///
/// It serves either one user after another (``roundTrip(_:until:)``, ``receive(until:)``) or, shared by all tasks of a client, the two
/// loops ``transmit(from:)`` and ``receive(into:)``.
actor RedisLink {
  nonisolated var unownedExecutor: UnownedSerialExecutor { Reactor.shared.asUnownedSerialExecutor() }

  private var context: HiredisContext

  /// The output buffer is filled in portions: hiredis moves what a partial write left over, which would cost too much in a large buffer.
  private static let sendPortionBytes = 64 * 1024

  private init(connectingTo endpoint: RedisEndpoint) throws(RedisError) {
    context = try HiredisContext(connectingTo: endpoint)
  }

  /// Connects, authenticates, selects the database and names the connection.
  static func open(_ configuration: RedisConfiguration) async throws(RedisError) -> RedisLink {
    let deadline = ContinuousClock.now + configuration.connectTimeout
    let endpoint = try await HostResolver.resolve(configuration.endpoint, until: deadline)
    let link = try RedisLink(connectingTo: endpoint)
    try await link.finishConnecting(until: deadline)
    try await link.introduce(RedisHandshake(configuration), until: deadline)
    return link
  }

  private func finishConnecting(until deadline: ContinuousClock.Instant) async throws(RedisError) {
    try await wait(for: .writable, until: deadline)
    if let failure = context.connectionFailure() { throw RedisError(.unreachable, "Connecting failed: \(failure).") }
  }

  private func introduce(_ handshake: RedisHandshake, until deadline: ContinuousClock.Instant) async throws(RedisError) {
    try handshake.check(try await roundTrip(handshake.commands, until: deadline))
  }

  // MARK: One user

  /// Sends the commands and waits for as many replies.
  func roundTrip(_ commands: [[RedisArgument]], until deadline: ContinuousClock.Instant) async throws(RedisError) -> [RedisValue] {
    try await send(commands, until: deadline)
    var replies: [RedisValue] = []
    while replies.count < commands.count { replies += try await receive(until: deadline) }
    return replies
  }

  func send(_ commands: [[RedisArgument]], until deadline: ContinuousClock.Instant) async throws(RedisError) {
    for command in commands { try context.append(try CommandEncoding.encode(command)) }
    try await flush(until: deadline)
  }

  /// Waits until the server has sent something; the result is empty when that wasn't a whole reply yet.
  func receive(until deadline: ContinuousClock.Instant) async throws(RedisError) -> [RedisValue] {
    try await wait(for: .readable, until: deadline)
    return try context.read()
  }

  /// What has arrived already, without waiting.
  func receiveArrived() throws(RedisError) -> [RedisValue] { try context.read() }

  /// Returns when something may be read, the deadline has passed or the task is cancelled.
  func waitUntilReadable(until deadline: ContinuousClock.Instant) async {
    _ = await Reactor.shared.wait(for: .readable, on: context.descriptor, until: deadline)
  }

  /// False when the server has closed the connection, or has sent something that nobody asked for, while nobody looked.
  var isOpen: Bool { (try? context.read().isEmpty) ?? false }

  // MARK: Many users

  /// Writes the queue's commands as they come, all of one turn of the reactor together; returns why it had to stop.
  func transmit(from queue: CommandQueue) async -> RedisError {
    do throws(RedisError) {
      while !Task.isCancelled {
        let commands = queue.takeForSending(bytesMax: Self.sendPortionBytes)
        if commands.isEmpty { await queue.work.wait() }
        for command in commands { try context.append(command.bytes) }
        try await flush(until: nil)
      }
      throw Self.cancelled
    } catch {
      return error
    }
  }

  /// Hands replies to the queue as they come; returns why it had to stop.
  func receive(into queue: CommandQueue) async -> RedisError {
    do throws(RedisError) {
      while true {
        try await wait(for: .readable, until: nil)
        try queue.deliver(try context.read())
      }
    } catch {
      return error
    }
  }

  private func flush(until deadline: ContinuousClock.Instant?) async throws(RedisError) {
    while try !context.write() { try await wait(for: .writable, until: deadline) }
  }

  private func wait(for interest: Reactor.Interest, until deadline: ContinuousClock.Instant?) async throws(RedisError) {
    switch await Reactor.shared.wait(for: interest, on: context.descriptor, until: deadline) {
    case .ready: return
    case .timedOut: throw RedisError(.deadlineExceeded, "The server didn't answer before the deadline.")
    case .cancelled: throw Self.cancelled
    }
  }

  private static let cancelled = RedisError(.cancelled, "The task was cancelled.")
}
