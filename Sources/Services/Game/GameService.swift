internal import Kernel
package import Platform
package import Postgres

/// The game role: what Composition has to give it, and what it offers.
package struct GameService: Sendable {
  package let endpoints: [Endpoint]

  package init(context: RoleContext, database: Database, catalog: BrandCatalog, wallet: InternalClient) {
    endpoints = AccountRoutes(directory: AccountDirectory(database: database, catalog: catalog)).endpoints
  }
}
