package import Evidence
package import Kernel
package import Postgres

/// What anyone may read of a brand's logs: checkpoints and tiles of hashes, as C2SP tlog-tiles serves them. Entries are the players' and never among it.
package struct LogServed: Sendable {
  private let book: LogBook
  private let sources: [any LedgerSource]
  private let policy: TrustPolicy?

  /// - Parameters:
  ///   - sources: the ledgers whose logs are shown.
  ///   - policy: whose cosignatures the checkpoints should have; nil for nobody's.
  package init(_ sources: [any LedgerSource], database: Database, policy: TrustPolicy?) {
    self.sources = sources
    book = LogBook(database: database)
    self.policy = policy
  }

  /// The signed note; nil while nothing is signed.
  package func checkpoint(_ ledger: Ledger, of brand: BrandID) async throws -> [UInt8]? {
    guard let source = sources.first(where: { $0.ledger == ledger }) else { return nil }
    let witnessed = LogWitnessed(policy: policy)
    return try await book.with(.brand(brand, source)) { try await witnessed.newest($0)?.note }
  }

  /// Nil for a tile that no signed tree has.
  package func tile(_ coordinate: TileCoordinate, _ ledger: Ledger, of brand: BrandID) async throws -> [UInt8]? {
    guard let source = sources.first(where: { $0.ledger == ledger }) else { return nil }
    return try await book.with(.brand(brand, source)) { shelf -> [UInt8]? in
      let kept = try await shelf.latest()
      guard let size = kept?.size, coordinate.isWithin(size) else { return nil }
      return try await LogTree(shelf).tile(coordinate, size: size).bytes
    }
  }
}
