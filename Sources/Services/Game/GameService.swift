internal import Kernel
package import Platform
package import Postgres

/// The game role: what Composition has to give it, and what it offers.
package struct GameService: Sendable {
  package let endpoints: [Endpoint]
  /// For callbacks that are handled again.
  package let pipeline: CallbackPipeline
  /// Keeps callbacks that are nobody's; it has to run.
  package let deadLetters: DeadLetterOffice

  /// - Parameter deadLetterDatabase: a pool that nothing else uses; nil only where no load is to be borne.
  package init(
    context: RoleContext, database: Database, deadLetterDatabase: Database? = nil, catalog: BrandCatalog, material: GameMaterial
  ) {
    let metrics = GameMetrics(context.registry)
    let accounts = AccountDirectory(database: database, catalog: catalog)
    let store = GameStore(database: database, catalog: catalog, clock: context.clock)
    let letters = DeadLetterOffice(
      context: context, database: database, ownDatabase: deadLetterDatabase ?? database,
      spool: DeadLetterSpool(directory: context.configuration.text(Settings.gameSpoolDirectory) ?? ""), providers: Providers.names)
    deadLetters = letters
    pipeline = CallbackPipeline(
      accounts: accounts, book: store, wallet: WalletClient(client: material.wallet),
      signatures: CallbackSignatures(
        keys: material.keys, verifies: context.configuration.flag(Settings.verifyCallbacks), metrics: metrics),
      unresolved: UnresolvedCallbacks(enforcement: context.enforcement, allowList: material.allowList, metrics: metrics) {
        await letters.recorder.record(DeadLetter($0, at: context.clock.now())).isKept
      },
      metrics: metrics, enforcement: context.enforcement, violations: context.violations, clock: context.clock)
    let launches = GameLaunches(
      database: database, catalog: catalog, accounts: accounts, store: store, addresses: material.addresses, metrics: metrics,
      enforcement: context.enforcement, clock: context.clock,
      sessionSeconds: context.configuration.seconds(Settings.gameSessionSeconds).components.seconds, violations: context.violations)
    endpoints =
      AccountRoutes(directory: accounts).endpoints + LaunchRoutes(launches: launches).endpoints
      + CallbackRoutes(
        pipeline: pipeline, logsEverything: context.configuration.flag(Settings.accessLog), refusals: context.refusals
      ).endpoints
      + ProviderSwitchRoutes(store: ProviderSwitchStore(database: database)).endpoints
      + letters.endpoints(replaying: DeadLetterForesight(pipeline: pipeline, database: database, catalog: catalog))
  }
}
