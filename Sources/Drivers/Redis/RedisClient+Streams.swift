import Synchronization

/// Streams and consumer groups.
extension RedisClient {
  /// Appends an entry and returns its ID.
  ///
  /// `maximumLength` trims the oldest entries, roughly (`MAXLEN ~`): a few more may stay. An explicit `id` must be greater than the
  /// stream's last, else the server refuses (`ERR`).
  package func streamAdd(
    _ stream: String, fields: [(name: String, value: RedisArgument)], maximumLength: Int? = nil, id: String = "*"
  ) async throws(RedisError) -> String {
    let command = Self.streamAddCommand(stream, fields: fields, maximumLength: maximumLength, id: id)
    return try await send(command).string(from: "XADD")
  }

  /// The command of ``streamAdd(_:fields:maximumLength:id:)``, for use in a ``pipeline(_:deadline:)``.
  package static func streamAddCommand(
    _ stream: String, fields: [(name: String, value: RedisArgument)], maximumLength: Int? = nil, id: String = "*"
  ) -> [RedisArgument] {
    var command: [RedisArgument] = ["XADD", RedisArgument(stream)]
    if let maximumLength { command += ["MAXLEN", "~", RedisArgument(maximumLength)] }
    command.append(RedisArgument(id))
    for field in fields { command += [RedisArgument(field.name), field.value] }
    return command
  }

  package func streamLength(_ stream: String) async throws(RedisError) -> Int {
    try await send(["XLEN", RedisArgument(stream)]).count(from: "XLEN")
  }

  /// Creates the group, and the stream if it is missing; a group that exists is left where it stands.
  ///
  /// The group starts after the entry `id`: "0" delivers the whole stream, "$" only what is added from now on.
  package func streamGroupCreate(_ stream: String, group: String, after id: String = "0") async throws(RedisError) {
    do throws(RedisError) {
      _ = try await send(["XGROUP", "CREATE", RedisArgument(stream), RedisArgument(group), RedisArgument(id), "MKSTREAM"])
    } catch {
      guard error.serverCode == "BUSYGROUP" else { throw error }
    }
  }

  /// Entries for a consumer of a group, at most `count` of each stream. They stay pending until acknowledged.
  ///
  /// `block` waits that long for the first entry, on a connection that isn't shared meanwhile. `id` ">" means entries that nobody was handed yet;
  /// "0" lists what this consumer was handed and hasn't acknowledged. If the call fails or is cancelled, entries may have been handed over
  /// all the same: they are found in the pending list. An unreachable server fails a call at once, also one that may block, so a loop around
  /// it needs a pause of its own.
  package func streamReadGroup(
    _ streams: [String], group: String, consumer: String, count: Int, block: Duration? = nil, id: String = ">"
  ) async throws(RedisError) -> [RedisStreamEntry] {
    var command: [RedisArgument] = ["XREADGROUP", "GROUP", RedisArgument(group), RedisArgument(consumer), "COUNT", RedisArgument(count)]
    // BLOCK 0 would wait for ever.
    if let block { command += ["BLOCK", RedisArgument(max(1, Int64(block / .milliseconds(1))))] }
    command += ["STREAMS"] + streams.map { RedisArgument($0) } + streams.map { _ in RedisArgument(id) }
    let reply = if let block { try await sendBlocking(command, blockingFor: block) } else { try await send(command) }
    var entries: [RedisStreamEntry] = []
    for item in try reply.list(from: "XREADGROUP") {
      guard let parts = item.array, parts.count == 2, let stream = parts[0].text else { throw item.surprise(from: "XREADGROUP") }
      entries += try RedisStreamEntry.list(parts[1], stream: stream, from: "XREADGROUP")
    }
    return entries
  }

  /// Takes the entries off the group's pending list; returns how many were on it.
  @discardableResult
  package func streamAcknowledge(_ stream: String, group: String, ids: [String]) async throws(RedisError) -> Int {
    if ids.isEmpty { return 0 }
    return try await send(["XACK", RedisArgument(stream), RedisArgument(group)] + ids.map { RedisArgument($0) }).count(from: "XACK")
  }

  /// Takes over entries that have been pending for at least `minimumIdle`, whoever they were handed to; `start` is "0-0" or the last
  /// claim's ``RedisStreamClaim/next``.
  package func streamAutoClaim(
    _ stream: String, group: String, consumer: String, minimumIdle: Duration, start: String = "0-0", count: Int
  ) async throws(RedisError) -> RedisStreamClaim {
    let reply = try await send([
      "XAUTOCLAIM", RedisArgument(stream), RedisArgument(group), RedisArgument(consumer),
      RedisArgument(Int64(minimumIdle / .milliseconds(1))), RedisArgument(start), "COUNT", RedisArgument(count),
    ])
    guard let parts = reply.array, parts.count >= 2, let next = parts[0].text else { throw reply.surprise(from: "XAUTOCLAIM") }
    // Redis before 7 doesn't tell the deleted IDs.
    let deleted = parts.count > 2 ? try parts[2].list(from: "XAUTOCLAIM").compactMap(\.text) : []
    return RedisStreamClaim(
      next: next == "0-0" ? nil : next, entries: try RedisStreamEntry.list(parts[1], stream: stream, from: "XAUTOCLAIM"),
      deletedIDs: deleted)
  }

  /// The stream's groups; none when there is no such stream.
  package func streamInfoGroups(_ stream: String) async throws(RedisError) -> [RedisStreamGroup] {
    do throws(RedisError) {
      var groups: [RedisStreamGroup] = []
      for group in try await send(["XINFO", "GROUPS", RedisArgument(stream)]).list(from: "XINFO GROUPS") {
        groups.append(try RedisStreamGroup(group))
      }
      return groups
    } catch {
      if case .server(let message) = error.kind, message.hasPrefix("ERR no such key") { return [] }
      throw error
    }
  }

  // MARK: Connections for blocking commands

  /// Sends a command that may block for `block`, on a connection of its own; the connection is kept for the next such command unless this one
  /// failed, because then its reply may still come.
  private func sendBlocking(_ command: [RedisArgument], blockingFor block: Duration) async throws(RedisError) -> RedisValue {
    guard !closing.isOpen else { throw Self.closed }
    let idle = blockingLinks.withLock { $0.popLast() }
    let outcome = BlockingOutcome()
    await race(
      { await self.closing.wait() },
      { await outcome.set(self.attempt(command, blockingFor: block, on: idle)) })
    // Closing the client cancels the attempt, which must not be told as the caller's own cancellation.
    guard !closing.isOpen else { throw Self.closed }
    guard let result = outcome.result else { throw RedisError(.cancelled, "The task was cancelled.") }
    let (reply, link) = try result.get()
    blockingLinks.withLock { if !closing.isOpen { $0.append(link) } }
    if case .error(let message) = reply { throw RedisError.server(message) }
    return reply
  }

  private func attempt(
    _ command: [RedisArgument], blockingFor block: Duration, on idle: RedisLink?
  ) async -> Result<(RedisValue, RedisLink), RedisError> {
    do throws(RedisError) {
      let link: RedisLink
      if let idle, await idle.isOpen { link = idle } else { link = try await RedisLink.open(configuration) }
      let replies = try await link.roundTrip([command], until: .now + block + configuration.commandDeadline)
      guard let reply = replies.first else { throw RedisError(.protocolViolation, "The server's reply is missing.") }
      return .success((reply, link))
    } catch {
      return .failure(error)
    }
  }

  private static var closed: RedisError { RedisError(.shuttingDown, "The Redis client has been closed.") }
}
