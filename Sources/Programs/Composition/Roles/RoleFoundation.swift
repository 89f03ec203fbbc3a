internal import Audit
internal import Kernel
internal import Logging
internal import Platform
internal import Postgres
internal import Redis
internal import Security
internal import ServiceLifecycle

/// What every role stands on: its own context, database pool, Redis client and brand catalogue, so that one role's load or failure isn't
/// another's, also when they share a process.
struct RoleFoundation: Sendable {
  /// Connections of one role's pool.
  private static let poolSizeMax = 12

  let context: RoleContext
  let database: Database
  private let databaseURL: String
  let redis: RedisClient
  let freeze: TableFreeze
  let catalog: BrandCatalog
  let schema: SchemaCheck
  private let events: SystemEventRecorder
  private let eventDatabase: Database
  private let violations: SecurityAuditRecorder

  init(_ role: ServiceRole, process: ProcessParts) throws {
    let configuration = process.configuration.scoped(to: role)
    let logger = RoleLogger.make(role: role, configuration: configuration, sink: process.logSink)
    let metrics = PlatformMetrics(registry: MetricsRegistry(), role: role, build: process.build, enforcement: configuration.enforcement)
    guard let databaseURL = configuration.text(Settings.databaseURL), let redisURL = configuration.text(Settings.redisURL) else {
      throw StartRefused("\(role.rawValue) needs DATABASE_URL and REDIS_URL")
    }
    self.databaseURL = databaseURL
    redis = RedisClient(try RedisConfiguration(url: redisURL), logger: logger)
    freeze = TableFreeze(
      lookups: process.freezes.lookups(url: redisURL, redis: redis), registry: metrics.registry, logger: logger)
    database = Database(try DatabaseConfiguration(url: databaseURL, poolSizeMax: Self.poolSizeMax), logger: logger, gate: freeze)
    catalog = BrandCatalog(database: database)
    eventDatabase = Database(try DatabaseConfiguration(url: databaseURL, poolSizeMax: 2), logger: logger, gate: freeze)
    events = SystemEventRecorder(
      database: eventDatabase, brands: BrandCatalog(database: eventDatabase), service: role.processName, registry: metrics.registry,
      logger: logger)
    violations = SecurityAuditRecorder(
      database: eventDatabase, file: SecurityLogFile(path: configuration.text(Settings.securityLogPath) ?? ""), registry: metrics.registry,
      logger: logger)
    context = RoleContext(
      role: role, configuration: configuration, build: process.build, logger: logger, metrics: metrics, drain: process.drain,
      freeze: freeze, refusals: events, violations: violations)
    schema = SchemaCheck(
      database: database, expected: StartRules.expectedHeads(configuration: configuration, builtIn: SchemaHead.expected))
    PoolMetrics.publish(database, in: metrics.registry)
  }

  /// Another pool beside ``database``, for work whose sessions need settings of their own. Its upkeep is the caller's.
  func database(sessionSettings: [String], poolSizeMax: Int) throws -> Database {
    var configuration = try DatabaseConfiguration(url: databaseURL, poolSizeMax: poolSizeMax)
    configuration.sessionSettings = sessionSettings
    return Database(configuration, logger: context.logger, gate: freeze)
  }

  func upkeep(of database: Database, name: String) -> any Service {
    Background(name: self.name(of: name), work: { await database.run() }, finish: { await database.close() })
  }

  var checks: [ReadinessCheck] { [.database(database), schema.readiness, .redis(redis)] }

  /// Upkeep of the pools and the catalogue, to stand before everything that uses them.
  var services: [any Service] {
    [
      upkeep(of: database, name: "database"),
      Background(name: name(of: "redis"), work: { [redis] in await redis.run() }, finish: { [redis] in await redis.close() }),
      Background(name: name(of: "freeze"), work: { [freeze] in await freeze.run() }),
      Background(
        name: name(of: "catalogue"), work: { [catalog, redis, context] in await catalog.follow(redis, logger: context.logger) }),
      upkeep(of: eventDatabase, name: "event database"),
      // Before every listener, so that it ends after them.
      Background(name: name(of: "events"), work: { [events] in await events.run() }, finish: { [events] in await events.finish() }),
      Background(
        name: name(of: "violations"), work: { [violations] in await violations.run() },
        finish: { [violations] in await violations.finish() }),
    ]
  }

  /// What a background service of this role is called.
  func name(of work: String) -> String { "\(context.role.rawValue) \(work)" }

  /// Refuses a schema of another version, and enforcement that is off where several brands run (C-12); then says that the role starts.
  func beforeStart() async throws {
    let head = try await schema.requireExpectedHead()
    let brands = try await catalog.all()
    if let refusal = StartRules.enforcementRefusal(mode: context.enforcement, environment: context.environment, brandCount: brands.count) {
      throw StartRefused(refusal)
    }
    if StartRules.isDowngrade(mode: context.enforcement, brands: brands) {
      context.metrics.countDowngrade()
      context.logger.warning(
        "starts below enforce although several brands are enabled",
        metadata: ["event": "security_downgrade", "mode": "\(context.enforcement.rawValue)"])
    }
    StartReport.log(context, migrationHead: head)
    await recordStart(migrationHead: head)
  }

  /// What was deployed when is asked after incidents (S4-INC-13). As well as can be: a ledger that takes no rows is no reason not to serve.
  private func recordStart(migrationHead: Int64) async {
    let (build, service) = (context.build, context.role.processName)
    let event = SystemEvent(
      .start, requestID: RequestIDRules.next(), service: service,
      detail: [
        "version": .string(build.version), "version_hash": .string(build.commit), "migration_head": .integer(migrationHead),
        "environment": .string(context.environment.label), "enforcement_mode": .string(context.enforcement.rawValue),
      ], at: WallClock.system.now())
    do {
      try await eventDatabase.withPlatform(deadline: .seconds(5)) { transaction in
        try await SystemEvents.append([event], brand: nil, in: transaction)
      }
    } catch {
      context.logger.warning("the start is not in the system event ledger", metadata: ["error": "\(error)"])
    }
  }

  /// The guard of a role that other roles call.
  func roleGuard(signatures: BrandSignatureGuard? = nil, operators: OperatorGuard? = nil) throws -> RoleGuard {
    RoleGuard(
      callers: CallerGuard(verifier: try CallerTokenVerifier(context.configuration.callerTokens), metrics: context.metrics),
      brands: BrandHeaderGuard(mode: context.enforcement, metrics: context.metrics), signatures: signatures, operators: operators,
      brandCode: { [catalog] in try await catalog.brand($0)?.code })
  }
}
