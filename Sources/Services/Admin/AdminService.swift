package import Audit
internal import Contracts
package import Evidence
internal import Kernel
package import Platform
package import Postgres
package import Redis
package import Security

/// The admin role: what Composition has to give it, and the operations it offers.
package struct AdminService: Sendable {
  package let endpoints: [Endpoint]

  /// - Parameters:
  ///   - wallet: a client of `wallet_service` that signs brand-scoped writes.
  ///   - signer: the admin's own key pair (`ADMIN_JWT_PRIVATE_KEY`, C-01).
  ///   - cursorSecret: what the cursors of lists are made unforgeable with.
  ///   - ledgers: those that are logs.
  ///   - witnesses: whose cosignatures proofs should have; nil for nobody's.
  ///   - census: asks every role of the deployment for its mode.
  package init(
    context: RoleContext, database: Database, redis: RedisClient, catalog: BrandCatalog, wallet: InternalClient, signer: TokenSigner,
    hasher: PasswordHasher, cursorSecret: String, ledgers: [any LedgerSource], witnesses: TrustPolicy? = nil,
    census: @escaping @Sendable () async -> [RoleEnforcement]
  ) {
    let scope = BrandScope(catalog)
    let lists = Lists(PageCursor(secret: cursorSecret))
    let signIn = OperatorSignIn(
      store: OperatorStore(database: database), throttle: SignInThrottle(redis: redis), hasher: hasher, signer: signer,
      clock: context.clock, lifetime: Int64(context.configuration.integer(Settings.jwtMinutes) ?? 60) * 60)
    let failures = AuditFailures(registry: context.registry)
    let orders = PlayerRoutes(
      orders: PlayerOrders(store: OrderStore(database: database), wallet: wallet, failures: failures), scope: scope
    ).endpoints
    for endpoint in orders { failures.declare(route: endpoint.path) }
    endpoints =
      OperatorRoutes(signIn: signIn).endpoints
      + BrandRoutes(
        store: BrandStore(database: database), announcer: CatalogAnnouncer(redis: redis, catalog: catalog), census: census
      ).endpoints
      + BindingRoutes(
        store: BindingStore(database: database), bindings: DomainBindings(database: database, redis: redis), scope: scope,
        failures: ResolutionFailures(metrics: context.metrics)
      ).endpoints
      + ConfigurationRoutes(
        store: ConfigurationStore(database: database), scope: scope, globalAccess: GlobalAccess(registry: context.registry)
      ).endpoints
      + GlobalVarRoutes(store: GlobalVarStore(database: database)).endpoints
      + AgentRoutes(store: AgentStore(database: database), scope: scope, lists: lists).endpoints
      + orders
      + LogRoutes(store: LogStore(database: database), scope: scope, lists: lists).endpoints
      + AuditRoutes(database: database, scope: scope, lists: lists).endpoints
      + EvidenceRoutes(
        ledgers, database: database, policy: witnesses, scope: scope, cursors: PageCursor(secret: cursorSecret)
      ).endpoints
      + SystemEventRoutes(database: database, scope: scope, lists: lists).endpoints
  }
}
