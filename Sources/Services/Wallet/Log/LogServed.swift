package import Evidence
package import Kernel
package import Postgres

/// What anyone may read of a brand's logs: checkpoints and tiles of hashes, as C2SP tlog-tiles serves them. Entries are the players' and never among it.
package struct LogServed: Sendable {
  private let database: Database
  private let policy: TrustPolicy?

  /// - Parameter policy: whose cosignatures the checkpoints should have; nil for nobody's.
  package init(database: Database, policy: TrustPolicy?) {
    self.database = database
    self.policy = policy
  }

  /// The signed note; nil while nothing is signed.
  package func checkpoint(_ ledger: Ledger, of brand: BrandID) async throws -> [UInt8]? {
    let witnessed = LogWitnessed(store: LogStore(ledger: ledger), policy: policy)
    return try await database.withBrand(brand) { try await witnessed.newest($0)?.note }
  }

  /// Nil for a tile that no signed tree has.
  package func tile(_ coordinate: TileCoordinate, _ ledger: Ledger, of brand: BrandID) async throws -> [UInt8]? {
    let store = LogStore(ledger: ledger)
    return try await database.withBrand(brand) { transaction -> [UInt8]? in
      let kept = try await store.latest(transaction)
      guard let size = kept?.size, coordinate.isWithin(size) else { return nil }
      return try await LogTree(store).tile(coordinate, size: size, transaction).bytes
    }
  }
}
