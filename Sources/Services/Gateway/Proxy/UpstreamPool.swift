internal import Kernel
internal import NIOCore
internal import NIOPosix

/// The connections of one event loop to one service. Lives on that loop and is touched by nobody else.
///
/// Always at most `upstreamConnectionsMax` connections, open or opening, and at most `upstreamWaitersMax` requests that wait for one.
final class UpstreamPool {
  private let endpoint: UpstreamEndpoint
  private let eventLoop: any EventLoop
  private let settings: ProxySettings
  private var idle: [UpstreamConnection] = []
  private var waiters: [ClientConnection] = []
  private var connections = 0
  private var opening = 0
  private var isClosed = false

  init(endpoint: UpstreamEndpoint, eventLoop: any EventLoop, settings: ProxySettings) {
    self.endpoint = endpoint
    self.eventLoop = eventLoop
    self.settings = settings
  }

  /// Gives `client` a connection, now or later, by calling `leased(_:reused:)` or `leaseFailed(_:)` on it.
  /// - Parameter fresh: closes what is idle first.
  func lease(to client: ClientConnection, fresh: Bool) {
    if fresh { closeIdle() }
    while let connection = idle.popLast() {
      guard connection.isUsable else { continue }
      return client.leased(connection, reused: true)
    }
    // Those for whom a connection is being opened don't wait in line.
    guard connections < settings.upstreamConnectionsMax || waiters.count - opening < settings.upstreamWaitersMax else {
      return client.leaseFailed(Problem(.overloaded, detail: "Too many requests wait for the service.", retryAfterSeconds: 1))
    }
    waiters.append(client)
    if connections < settings.upstreamConnectionsMax, opening < waiters.count { open() }
  }

  func cancel(_ client: ClientConnection) {
    waiters.removeAll { $0 === client }
  }

  /// Takes back a connection whose exchange is complete.
  func giveBack(_ connection: UpstreamConnection) {
    guard connection.isUsable, !isClosed else { return connection.close() }
    if waiters.isEmpty {
      connection.idleSince = .now()
      idle.append(connection)
    } else {
      waiters.removeFirst().leased(connection, reused: true)
    }
  }

  /// A connection is gone; called once per connection that had been opened.
  func closed(_ connection: UpstreamConnection) {
    connections -= 1
    idle.removeAll { $0 === connection }
    if !waiters.isEmpty, opening < waiters.count, connections < settings.upstreamConnectionsMax { open() }
  }

  /// Closes connections that have been idle too long.
  func prune(now: NIODeadline) {
    while let oldest = idle.first, oldest.idleSince + settings.upstreamIdleTimeout <= now {
      idle.removeFirst()
      oldest.close()
    }
  }

  func close() {
    isClosed = true
    closeIdle()
  }

  private func closeIdle() {
    let old = idle
    idle.removeAll()
    for connection in old { connection.close() }
  }

  private func open() {
    connections += 1
    opening += 1
    let wire = settings.wire
    let bound = NIOLoopBound(self, eventLoop: eventLoop)
    ClientBootstrap(group: eventLoop)
      .connectTimeout(settings.connectTimeout)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(UpstreamConnection(pool: bound.value, limits: wire), name: UpstreamConnection.name)
        }
      }
      .connect(host: endpoint.host, port: endpoint.port)
      .flatMapThrowing { channel in
        let connection = try channel.pipeline.syncOperations.handler(type: UpstreamConnection.self)
        return NIOLoopBound(connection, eventLoop: channel.eventLoop)
      }
      .whenComplete { bound.value.opened($0) }
  }

  private func opened(_ result: Result<NIOLoopBound<UpstreamConnection>, any Error>) {
    opening -= 1
    switch result {
    case .success(let connection): giveFirst(connection.value)
    case .failure(let error):
      connections -= 1
      guard !waiters.isEmpty else { return }
      waiters.removeFirst().leaseFailed(Self.problem(for: error))
      if !waiters.isEmpty, opening == 0, connections < settings.upstreamConnectionsMax { open() }
    }
  }

  private func giveFirst(_ connection: UpstreamConnection) {
    connection.isCounted = true
    guard connection.isUsable, !isClosed else { return connection.isUsable ? connection.close() : closed(connection) }
    if waiters.isEmpty {
      connection.idleSince = .now()
      idle.append(connection)
    } else {
      waiters.removeFirst().leased(connection, reused: false)
    }
  }

  private static func problem(for error: any Error) -> Problem {
    if case ChannelError.connectTimeout = error {
      return Problem(.upstreamTimeout, detail: "The service didn't accept a connection in time.")
    }
    return Problem(.upstreamUnavailable, detail: "The service accepts no connection.")
  }
}
