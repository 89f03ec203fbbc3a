internal import Kernel
internal import Logging
internal import NIOCore
internal import NIOPosix
package import Platform
package import Postgres
package import Redis
package import Security
internal import ServiceLifecycle

/// The role `gateway`: limits, Host → brand, token → player, then the way to the service and back.
package struct GatewayService: NamedService {
  package let name = "gateway server"
  private let context: RoleContext
  private let settings: GatewaySettings
  private let catalog: BrandCatalog
  private let redis: RedisClient
  private let changes: RedisChanges
  private let admission: GatewayAdmission
  private let ports: ProxyPorts
  private let onListening: @Sendable (Int) async -> Void

  /// - Parameters:
  ///   - database: for the brand catalogue alone.
  ///   - tokens: shared with whoever replaces keys or revokes.
  ///   - checks: besides `drain`, `database` and `redis`, which the gateway always has.
  ///   - inFlight: where requests are listed while they are on their way, for a stop that has to be forced.
  ///   - onListening: called once with the port, when connections are accepted.
  /// - Throws: when a setting can't be used.
  package init(
    context: RoleContext, database: Database, redis: RedisClient, tokens: AccessTokenVerifier, checks: [ReadinessCheck] = [],
    inFlight: InFlightRequests = InFlightRequests(), onListening: @escaping @Sendable (Int) async -> Void = { _ in }
  ) throws(GatewayMisconfigured) {
    let settings = try GatewaySettings(context.configuration, routes: .cordon)
    let metrics = GatewayMetrics(context.metrics, environment: context.environment)
    let catalog = BrandCatalog(database: database, clock: context.clock)
    let brands = BrandDirectory(redis: redis, catalog: catalog)
    let sessions = SessionDirectory(redis: redis)
    changes = RedisChanges(redis: redis, brands: brands, sessions: sessions, logger: context.logger) { metrics.tracking($0) }
    admission = GatewayAdmission(
      routes: .cordon, policy: AdmissionPolicy(enforcement: context.enforcement, environment: context.environment), brands: brands,
      sessions: sessions, limiter: RateLimiter(redis: redis, limits: settings.rateLimits) { metrics.rateOutage($0) },
      tokens: TokenReader(verifier: tokens, clock: context.clock),
      pages: LocalPages(context: context, checks: [.database(database), .redis(redis)] + checks) { tokens.keyIDs }, metrics: metrics)
    ports = ProxyPorts(
      admission: admission,
      observer: GatewayObserver(
        metrics: metrics, logger: context.logger, logsEverything: settings.logsEverything, refusals: context.refusals,
        violations: context.violations, clock: context.clock,
        inFlight: inFlight),
      credentials: GatewayCredentials(configuration: context.configuration, clock: context.clock),
      clients: ClientAddressRules(trusted: settings.trustedProxies), isDraining: { [drain = context.drain] in drain.isDraining }
    ) { problem, identifiers in
      let trace = TraceContext(traceID: identifiers.traceID, spanID: String(identifiers.traceID.prefix(16)), isSampled: false)
      return LocalPage(ProblemReply.reply(problem, requestID: identifiers.requestID, trace: trace))
    }
    self.context = context
    self.settings = settings
    self.catalog = catalog
    self.redis = redis
    self.onListening = onListening
  }

  /// Serves until graceful shutdown, then finishes what is in flight.
  ///
  /// - Throws: when the port can't be had.
  package func run() async throws {
    let listener = try await ProxyListener(
      group: MultiThreadedEventLoopGroup.singleton, settings: settings.proxy, ports: ports, upstreams: settings.upstreams)
    try await withThrowingDiscardingTaskGroup { group in
      group.addTask { await changes.follow() }
      group.addTask { await catalog.follow(redis, logger: context.logger) }
      group.addTask { await admission.run() }
      do {
        let address = try await listener.listen(host: settings.host, port: settings.port)
        context.logger.notice("gateway listening", metadata: ["port": "\(address?.port ?? settings.port)"])
        await onListening(address?.port ?? settings.port)
        try? await gracefulShutdown()
      } catch {
        await listener.stop()
        throw error
      }
      await finish(listener)
      group.cancelAll()
    }
  }

  /// In-flight requests have as long as the process has; each of them has its own, shorter deadlines.
  private func finish(_ listener: ProxyListener) async {
    await listener.shutdown()
    let end = ContinuousClock.now + settings.shutdownTime
    while listener.connectionCount > 0, ContinuousClock.now < end, !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(20))
    }
    await listener.stop()
  }
}
