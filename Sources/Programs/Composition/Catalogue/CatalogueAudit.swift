package import Postgres

/// The second wall as it stands: row-level security, policies, owners, keys and grants of a live database. Changes nothing.
package struct CatalogueAudit {
  private let store: CatalogueStore

  package init(database: Database) { store = CatalogueStore(database: database) }

  /// Nothing where every rule holds.
  package func findings() async throws -> [CatalogueFinding] { try await store.findings() }
}
