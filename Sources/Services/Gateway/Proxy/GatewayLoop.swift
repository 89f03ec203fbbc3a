internal import Kernel
internal import NIOCore

/// What one event loop owns: its client connections, its upstream connections, its deadlines. Requests never change threads.
final class GatewayLoop {
  let eventLoop: any EventLoop
  let settings: ProxySettings
  let ports: ProxyPorts
  var identifiers = TraceIdentifierSource()

  private(set) var isDraining = false
  private var clients: [ObjectIdentifier: ClientConnection] = [:]
  private let pools: [ServiceRole: UpstreamPool]
  private var sweep: RepeatedTask?

  init(eventLoop: any EventLoop, settings: ProxySettings, ports: ProxyPorts, upstreams: [UpstreamEndpoint]) {
    self.eventLoop = eventLoop
    self.settings = settings
    self.ports = ports
    pools = Dictionary(
      upstreams.map { ($0.role, UpstreamPool(endpoint: $0, eventLoop: eventLoop, settings: settings)) },
      uniquingKeysWith: { first, _ in first })
  }

  var clientCount: Int { clients.count }

  func pool(for role: ServiceRole) -> UpstreamPool? { pools[role] }

  func add(_ client: ClientConnection) {
    clients[ObjectIdentifier(client)] = client
    ports.observer.connectionOpened()
  }

  func remove(_ client: ClientConnection) {
    guard clients.removeValue(forKey: ObjectIdentifier(client)) != nil else { return }
    ports.observer.connectionClosed()
  }

  /// Begins to look at deadlines. One look at all connections per tick is cheaper than a timer per request.
  func start() {
    let bound = NIOLoopBound(self, eventLoop: eventLoop)
    sweep = eventLoop.scheduleRepeatedTask(initialDelay: settings.tick, delay: settings.tick) { _ in bound.value.tick() }
  }

  /// From now on every answer ends its connection, also on connections that are opened later.
  func drain() {
    guard !isDraining else { return }
    isDraining = true
    for client in Array(clients.values) { client.drain() }
  }

  /// Ends the connections that have no request under way.
  func shutdown() {
    drain()
    for client in Array(clients.values) { client.shutdown() }
  }

  /// Ends what is left, answered or not.
  func stop() {
    sweep?.cancel()
    for client in Array(clients.values) { client.abort() }
    for pool in pools.values { pool.close() }
  }

  private func tick() {
    if ports.isDraining() { drain() }
    let now = NIODeadline.now()
    let late = clients.values.filter { $0.deadline <= now }
    for client in late { client.deadlinePassed() }
    for pool in pools.values { pool.prune(now: now) }
  }
}
