package import Audit
internal import Contracts
package import Evidence
internal import Kernel
package import Platform
package import Postgres
internal import Security

/// The wallet role: what Composition has to give it, and the operations it offers.
package struct WalletService: Sendable {
  package let endpoints: [Endpoint]
  private let defaultBrand: DefaultBrand

  /// Sessions that execute commands (``WalletBatchStore``). All that their statements look up is looked up by key, and a plan is made once for
  /// each session: one that was made while a table was small must not read the whole table when it has grown.
  package static let commandSessionSettings = [
    "enable_seqscan=off", "enable_hashjoin=off", "enable_mergejoin=off", "plan_cache_mode=force_generic_plan",
  ]

  /// - Parameters:
  ///   - commandDatabase: executes commands, in sessions with ``commandSessionSettings``.
  ///   - cursorSecret: what the cursors of lists are made unforgeable with.
  ///   - payments: nil for a wallet that takes no callbacks of payment providers.
  ///   - logs: the ledgers whose logs are shown to everybody, as hashes.
  ///   - witnesses: whose cosignatures what is served of the logs should have.
  package init(
    context: RoleContext, database: Database, commandDatabase: Database, catalog: BrandCatalog, cursorSecret: String,
    payments: PlisioMaterial? = nil, logs: [any LedgerSource] = [WalletLedgerSource()], witnesses: TrustPolicy? = nil
  ) {
    let metrics = WalletMetrics(context.registry)
    defaultBrand = DefaultBrand(catalog: catalog, metrics: metrics)
    let commands = WalletCommands(
      database: commandDatabase, enforcement: context.enforcementPolicy, metrics: metrics, violations: context.violations,
      clock: context.clock)
    let runner = WalletCommandRunner(commands: commands, catalog: catalog)
    let cursors = PageCursor(secret: cursorSecret)
    let reads = WalletReads(database: database, catalog: catalog, cursors: cursors)
    let logReads = LogReads(WalletLedgerSource(), database: database, policy: witnesses)
    let receipts = WalletReceipts(reads: logReads, store: WalletReadStore(database: database))
    let logRoutes =
      WalletLogRoutes(reads: logReads, receipts: receipts).endpoints
      + WalletTileRoutes(logs: LogServed(logs, database: database, policy: witnesses)).endpoints
    endpoints =
      WalletCommandRoutes(runner: runner).endpoints + WalletPlayerRoutes(runner: runner, reads: reads, receipts: receipts).endpoints
      + WalletReadRoutes(reads: reads).endpoints + logRoutes
      + WalletTopologyRoutes(
        check: WalletTopologyCheck(reads: reads, catalog: catalog, defaultBrand: defaultBrand), metrics: context.metrics
      ).endpoints
      + WalletDocumentRoutes(WalletDocuments(.topology, database: database), shape: WalletTopologyDocument.self, cursors: cursors).endpoints
      + WalletDocumentRoutes(WalletDocuments(.policy, database: database), shape: WalletPolicy.self, cursors: cursors).endpoints
      + (payments.map { Self.payments($0, context, database, catalog, commands).endpoints } ?? [])
  }

  private static func payments(
    _ material: PlisioMaterial, _ context: RoleContext, _ database: Database, _ catalog: BrandCatalog, _ commands: WalletCommands
  ) -> PlisioRoutes {
    let metrics = PlisioMetrics(context.registry, environment: context.environment)
    return PlisioRoutes(
      callbacks: PlisioCallbacks(
        store: PaymentCallbackStore(database: database), bonuses: ManualBonusResolver(database: database),
        replays: PlisioReplays(redis: material.redis), commands: commands, metrics: metrics, environment: context.environment),
      secrets: material.secrets, catalog: catalog, metrics: metrics, clock: context.clock, toleranceSeconds: material.toleranceSeconds)
  }

  /// Reads what the service must know before it takes requests.
  package func prime() async throws { try await defaultBrand.prime() }
}
