import Logging
import Reactor

/// Listens to channels, and reconnects. With `trackedPrefixes` a second connection asks the server to report changes of keys to the first one:
/// in RESP2 a connection that listens can't ask for that itself, and the request dies with the connection that made it.
actor RedisFeed {
  static let invalidationChannel = "__redis__:invalidate"

  nonisolated var unownedExecutor: UnownedSerialExecutor { Reactor.shared.asUnownedSerialExecutor() }

  private let client: RedisClient
  private let channels: [String]
  private let trackedPrefixes: [String]?

  private var listener: RedisLink?
  private var tracker: RedisLink?
  private var events = Fifo<RedisFeedEvent>()
  private var pause: ReconnectPause
  /// True from the failure that was told to the next success, so that an outage is told once.
  private var isInterrupted = false
  private var connectedSince: ContinuousClock.Instant?
  private var nextAttempt = ContinuousClock.now
  private var nextPing = ContinuousClock.now
  private var pongsOwed = 0

  init(_ client: RedisClient, channels: [String], trackedPrefixes: [String]?) {
    self.client = client
    self.channels = channels
    self.trackedPrefixes = trackedPrefixes
    self.pause = ReconnectPause(client.configuration)
  }

  /// The next event; nil when the task is cancelled or the client closed, and the connections with it.
  func next() async -> RedisFeedEvent? {
    while !Task.isCancelled, !client.closing.isOpen {
      if let event = events.popFirst() { return event }
      do throws(RedisError) {
        if let listener { try await listen(on: listener) } else { try await connect() }
      } catch {
        interrupt(error)
      }
    }
    disconnect()
    return nil
  }

  // MARK: Connecting

  private func connect() async throws(RedisError) {
    let (begin, closing) = (nextAttempt, client.closing)
    if begin > .now { await race({ await closing.wait() }, { try? await Task.sleep(until: begin, clock: .continuous) }) }
    let deadline = ContinuousClock.now + client.configuration.connectTimeout
    let listener = try await RedisLink.open(client.configuration)
    let identity = try await listener.roundTrip([["CLIENT", "ID"]], until: deadline)
    try await subscribe(on: listener, until: deadline)
    if let trackedPrefixes { tracker = try await track(trackedPrefixes, redirectedTo: identity.first, until: deadline) }
    self.listener = listener
    isInterrupted = false
    connectedSince = .now
    pongsOwed = 0
    nextPing = .now + client.configuration.livenessInterval
  }

  private func subscribe(on link: RedisLink, until deadline: ContinuousClock.Instant) async throws(RedisError) {
    try await link.send([["SUBSCRIBE"] + channels.map { RedisArgument($0) }], until: deadline)
    var confirmed = 0
    var early: [RedisValue] = []
    while confirmed < channels.count {
      for value in try await link.receive(until: deadline) {
        if case .error(let message) = value { throw RedisError.server(message) }
        if value.array?.first?.text == "subscribe" { confirmed += 1 } else { early.append(value) }
      }
    }
    events.append(.established)
    try take(early)
  }

  private func track(
    _ prefixes: [String], redirectedTo identity: RedisValue?, until deadline: ContinuousClock.Instant
  ) async throws(RedisError) -> RedisLink {
    guard let identity = identity?.integer else { throw RedisError(.protocolViolation, "CLIENT ID was not answered with a number.") }
    let link = try await RedisLink.open(client.configuration)
    let command: [RedisArgument] =
      ["CLIENT", "TRACKING", "ON", "REDIRECT", RedisArgument(identity), "BCAST"] + prefixes.flatMap { ["PREFIX", RedisArgument($0)] }
    for case .error(let message) in try await link.roundTrip([command], until: deadline) { throw RedisError.server(message) }
    return link
  }

  // MARK: Listening

  private func listen(on listener: RedisLink) async throws(RedisError) {
    try await pingIfDue(listener)
    let (tracker, deadline, closing) = (tracker, nextPing, client.closing)
    await race(
      { await listener.waitUntilReadable(until: deadline) },
      { if let tracker { await tracker.waitUntilReadable(until: deadline) } else { await closing.wait() } },
      { await closing.wait() })
    try take(try await listener.receiveArrived())
    for value in try await tracker?.receiveArrived() ?? [] {
      guard value == .status("PONG") else { throw value.surprise(from: "PING") }
      pongsOwed -= 1
    }
  }

  /// A link can die without a word (a pulled cable, a stopped server); only an answer proves that the server still reports to us.
  private func pingIfDue(_ listener: RedisLink) async throws(RedisError) {
    guard nextPing <= .now else { return }
    guard pongsOwed == 0 else { throw RedisError(.deadlineExceeded, "The server gave no sign of life.") }
    nextPing = .now + client.configuration.livenessInterval
    try await listener.send([["PING"]], until: nextPing)
    try await tracker?.send([["PING"]], until: nextPing)
    pongsOwed = tracker == nil ? 1 : 2
  }

  private func take(_ values: [RedisValue]) throws(RedisError) {
    for value in values {
      guard let parts = value.array, let kind = parts.first?.text else { throw value.surprise(from: "SUBSCRIBE") }
      switch kind {
      case "pong": pongsOwed -= 1
      case "message" where parts.count == 3: events.append(.message(channel: parts[1].text ?? "", payload: parts[2]))
      default: throw value.surprise(from: "SUBSCRIBE")
      }
    }
  }

  // MARK: Losing

  private func interrupt(_ error: RedisError) {
    let hadHeld = connectedSince.map { pause.hadHeld(for: $0.duration(to: .now)) } ?? false
    if !hadHeld { nextAttempt = .now + pause.next() }
    disconnect()
    guard !isInterrupted, !Task.isCancelled, !client.closing.isOpen else { return }
    isInterrupted = true
    events.append(.interrupted)
    let names = channels.joined(separator: " ")
    client.logger.warning("A Redis subscription is interrupted", metadata: ["channels": "\(names)", "reason": "\(error.message)"])
  }

  private func disconnect() {
    listener = nil
    tracker = nil
    connectedSince = nil
    events = Fifo()
  }
}
