internal import Contracts
internal import Kernel
package import Platform
package import Postgres
internal import Security

/// The wallet role: what Composition has to give it, and the operations it offers.
package struct WalletService: Sendable {
  package let endpoints: [Endpoint]
  private let defaultBrand: DefaultBrand

  /// - Parameter cursorSecret: what the cursors of lists are made unforgeable with.
  package init(context: RoleContext, database: Database, catalog: BrandCatalog, cursorSecret: String) {
    let metrics = WalletMetrics(context.registry)
    defaultBrand = DefaultBrand(catalog: catalog, metrics: metrics)
    let commands = WalletCommands(database: database, enforcement: context.enforcement, metrics: metrics, clock: context.clock)
    let runner = WalletCommandRunner(commands: commands, catalog: catalog)
    let reads = WalletReads(database: database, catalog: catalog, cursors: PageCursor(secret: cursorSecret))
    endpoints =
      WalletCommandRoutes(runner: runner).endpoints + WalletPlayerRoutes(runner: runner, reads: reads).endpoints
      + WalletReadRoutes(reads: reads).endpoints
      + WalletTopologyRoutes(check: WalletTopologyCheck(reads: reads, catalog: catalog, defaultBrand: defaultBrand)).endpoints
  }

  /// Reads what the service must know before it takes requests.
  package func prime() async throws { try await defaultBrand.prime() }
}
