internal import Kernel
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The public port: accepts connections, hands each to an event loop for life, drains them when told.
final class ProxyListener: Sendable {
  private let group: any EventLoopGroup
  private let loops: [ObjectIdentifier: NIOLoopBound<GatewayLoop>]
  private let limiter: ConnectionLimiter
  private let clients: ClientAddressRules
  private let channel = Mutex<(any Channel)?>(nil)

  init(group: any EventLoopGroup, settings: ProxySettings, ports: ProxyPorts, upstreams: [UpstreamEndpoint]) async throws {
    self.group = group
    clients = ports.clients
    limiter = ConnectionLimiter(totalMax: settings.connectionsMax, perAddressMax: settings.connectionsPerAddressMax)
    var loops: [ObjectIdentifier: NIOLoopBound<GatewayLoop>] = [:]
    for eventLoop in group.makeIterator() {
      loops[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
        let loop = GatewayLoop(eventLoop: eventLoop, settings: settings, ports: ports, upstreams: upstreams)
        loop.start()
        return NIOLoopBound(loop, eventLoop: eventLoop)
      }.get()
    }
    self.loops = loops
  }

  /// Begins to listen.
  /// - Returns: the address, with the port that the kernel chose when `port` is 0.
  func listen(host: String, port: Int) async throws -> SocketAddress? {
    let server = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { [self] channel in
        channel.eventLoop.makeCompletedFuture { try accept(channel) }
      }
      .bind(host: host, port: port)
      .get()
    channel.withLock { $0 = server }
    return server.localAddress
  }

  var connectionCount: Int { limiter.openCount }

  /// Accepts no more connections and ends those without a request; what is in flight goes on.
  func shutdown() async {
    let server = channel.withLock { channel in
      defer { channel = nil }
      return channel
    }
    try? await server?.close()
    for loop in loops.values { try? await loop.eventLoop.submit { loop.value.shutdown() }.get() }
  }

  /// Ends every connection, whatever it is doing.
  func stop() async {
    await shutdown()
    for loop in loops.values { try? await loop.eventLoop.submit { loop.value.stop() }.get() }
  }

  private func accept(_ channel: any Channel) throws {
    guard let loop = loops[ObjectIdentifier(channel.eventLoop)] else { throw ChannelError.inappropriateOperationForState }
    let peer = clients.peer(channel.remoteAddress)
    let fits = limiter.open(peer.bucket, isProxy: clients.isTrusted(peer))
    let overLimit = fits ? nil : Problem(.overloaded, detail: "Too many connections are open.", retryAfterSeconds: 1)
    let connection = ClientConnection(loop: loop.value, peer: peer, limiter: limiter, overLimit: overLimit)
    try channel.pipeline.syncOperations.addHandler(connection)
  }
}
