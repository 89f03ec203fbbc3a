internal import Evidence
internal import Kernel
internal import Postgres

/// The SQL of a brand's log: its checkpoints and full tiles.
struct LogStore: Sendable {
  struct Kept: Sendable {
    let size: Int64
    let root: MerkleHash
    let note: [UInt8]
  }

  let ledger: Ledger

  /// False while another process works on the log. Kept until the transaction's end.
  func claim(_ transaction: BrandTransaction) async throws -> Bool {
    try await transaction.query(
      "SELECT pg_try_advisory_xact_lock(hashtextextended(\("log:\(ledger.rawValue)"), \(transaction.brand.rawValue))) AS mine"
    ).first?.get("mine") ?? false
  }

  func latest(_ transaction: BrandTransaction) async throws -> Kept? {
    try await transaction.query(
      """
      SELECT tree_size, root_hash, note FROM wallet.log_checkpoint
      WHERE brand_id = \(transaction.brand) AND ledger = \(ledger.rawValue) ORDER BY tree_size DESC LIMIT 1
      """
    ).first.map { row throws(PostgresError) in
      Kept(size: try row.get("tree_size"), root: try Self.hash(row, "root_hash"), note: try row.get("note"))
    }
  }

  /// The checkpoints of these sizes, as their rows say and as their notes do.
  func kept(_ sizes: ClosedRange<Int64>, _ transaction: BrandTransaction) async throws -> [Kept] {
    try await transaction.query(
      """
      SELECT tree_size, root_hash, note FROM wallet.log_checkpoint
      WHERE brand_id = \(transaction.brand) AND ledger = \(ledger.rawValue)
        AND tree_size >= \(sizes.lowerBound) AND tree_size <= \(sizes.upperBound)
      """
    ).map { row throws(PostgresError) in
      Kept(size: try row.get("tree_size"), root: try Self.hash(row, "root_hash"), note: try row.get("note"))
    }
  }

  func tile(_ index: Int64, _ transaction: BrandTransaction) async throws -> Tile? {
    let rows = try await transaction.query(
      """
      SELECT hashes FROM wallet.log_tile
      WHERE brand_id = \(transaction.brand) AND ledger = \(ledger.rawValue) AND level = 0 AND tile_index = \(index)
      """)
    guard let bytes: [UInt8] = try rows.first?.get("hashes") else { return nil }
    return MerkleHash.list(bytes).flatMap(Tile.init)
  }

  /// Roots of neighbouring full tiles of a level.
  ///
  /// - Throws: when one is missing.
  func roots(_ level: Int, _ indices: Range<Int64>, _ transaction: BrandTransaction) async throws -> [MerkleHash] {
    let rows = try await transaction.query(
      """
      SELECT root_hash FROM wallet.log_tile
      WHERE brand_id = \(transaction.brand) AND ledger = \(ledger.rawValue) AND level = \(Int64(level))
        AND tile_index >= \(indices.lowerBound) AND tile_index < \(indices.upperBound)
      ORDER BY tile_index
      """)
    let roots = try rows.map { row throws(PostgresError) in try Self.hash(row, "root_hash") }
    guard roots.count == indices.count else {
      throw LogRefusal(.checkpointAltered, "\(indices.count - roots.count) tiles of level \(level) are gone")
    }
    return roots
  }

  func keep(_ tile: Tile, level: Int, index: Int64, _ transaction: BrandTransaction) async throws {
    try await transaction.execute(
      """
      INSERT INTO wallet.log_tile (brand_id, ledger, level, tile_index, hashes, root_hash)
      VALUES (\(transaction.brand), \(ledger.rawValue), \(Int64(level)), \(index), \(tile.bytes), \(tile.root.bytes))
      """)
  }

  func publish(_ signed: SignedCheckpoint, at moment: Timestamp, _ transaction: BrandTransaction) async throws {
    try await transaction.execute(
      """
      INSERT INTO wallet.log_checkpoint (brand_id, ledger, tree_size, root_hash, note, signed_at)
      VALUES (\(transaction.brand), \(ledger.rawValue), \(signed.checkpoint.size), \(signed.checkpoint.root.bytes), \(signed.bytes), \(moment))
      """)
  }

  static func hash(_ row: Row, _ column: String) throws(PostgresError) -> MerkleHash {
    guard let hash = MerkleHash.list(try row.get(column, as: [UInt8].self))?.first else {
      throw PostgresError(.decoding, "\(column) is not 32 bytes", operation: "read the log")
    }
    return hash
  }
}
