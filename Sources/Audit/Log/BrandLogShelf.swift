internal import Evidence
internal import Kernel
internal import Postgres

/// A brand's log.
struct BrandLogShelf: LogShelf {
  let source: any LedgerSource
  let transaction: BrandTransaction

  var scope: LogScope { .brand(transaction.brand) }
  var ledger: Ledger { source.ledger }

  func claim() async throws -> Bool {
    try await transaction.query(
      "SELECT pg_try_advisory_xact_lock(hashtextextended(\("log:\(ledger.rawValue)"), \(transaction.brand.rawValue))) AS mine"
    ).first?.get("mine") ?? false
  }

  func signing(_ operatorName: OperatorName) async throws -> SigningStand {
    let answers = try await transaction.pipeline([SigningStand.keysQuery(operatorName), SigningStand.pauseQuery])
    return try SigningStand(keys: answers[0], pause: answers[1])
  }

  func entries(after seq: Int64, limit: Int64) async throws -> [LogEntry] {
    try await source.entries(after: seq, limit: limit, transaction)
  }

  func isLonger(than seq: Int64) async throws -> Bool { try await source.isLonger(than: seq, transaction) }

  func latest() async throws -> KeptCheckpoint? {
    try await transaction.query(
      """
      SELECT tree_size, root_hash, note FROM evidence.log_checkpoint
      WHERE brand_id = \(transaction.brand) AND ledger = \(ledger.rawValue) ORDER BY tree_size DESC LIMIT 1
      """
    ).first.map { row throws(PostgresError) in try KeptCheckpoint(row: row) }
  }

  func kept(_ sizes: ClosedRange<Int64>) async throws -> [KeptCheckpoint] {
    try await transaction.query(
      """
      SELECT tree_size, root_hash, note FROM evidence.log_checkpoint
      WHERE brand_id = \(transaction.brand) AND ledger = \(ledger.rawValue)
        AND tree_size >= \(sizes.lowerBound) AND tree_size <= \(sizes.upperBound)
      """
    ).map { row throws(PostgresError) in try KeptCheckpoint(row: row) }
  }

  func earliest(covering size: Int64, since time: Timestamp, limit: Int64) async throws -> [KeptCheckpoint] {
    try await transaction.query(
      """
      SELECT tree_size, root_hash, note FROM evidence.log_checkpoint
      WHERE brand_id = \(transaction.brand) AND ledger = \(ledger.rawValue) AND tree_size >= \(size) AND signed_at >= \(time)
      ORDER BY tree_size LIMIT \(limit)
      """
    ).map { row throws(PostgresError) in try KeptCheckpoint(row: row) }
  }

  func tiles(_ indices: Range<Int64>) async throws -> [Int64: Tile] {
    try Tile.tiles(
      try await transaction.query(
        """
        SELECT tile_index, hashes FROM evidence.log_tile
        WHERE brand_id = \(transaction.brand) AND ledger = \(ledger.rawValue) AND level = 0
          AND tile_index >= \(indices.lowerBound) AND tile_index < \(indices.upperBound)
        """))
  }

  func roots(_ level: Int, _ indices: Range<Int64>) async throws -> [MerkleHash] {
    try await transaction.query(
      """
      SELECT root_hash FROM evidence.log_tile
      WHERE brand_id = \(transaction.brand) AND ledger = \(ledger.rawValue) AND level = \(Int64(level))
        AND tile_index >= \(indices.lowerBound) AND tile_index < \(indices.upperBound)
      ORDER BY tile_index
      """
    ).map { row throws(PostgresError) in try MerkleHash(row: row, "root_hash") }
  }

  func keep(_ tile: Tile, level: Int, index: Int64) async throws {
    try await transaction.execute(
      """
      INSERT INTO evidence.log_tile (brand_id, ledger, level, tile_index, hashes, root_hash)
      VALUES (\(transaction.brand), \(ledger.rawValue), \(Int64(level)), \(index), \(tile.bytes), \(tile.root.bytes))
      """)
  }

  func publish(_ signed: SignedCheckpoint, at moment: Timestamp) async throws {
    try await transaction.execute(
      """
      INSERT INTO evidence.log_checkpoint (brand_id, ledger, tree_size, root_hash, note, signed_at)
      VALUES (\(transaction.brand), \(ledger.rawValue), \(signed.checkpoint.size), \(signed.checkpoint.root.bytes), \(signed.bytes),
        \(moment))
      """)
  }
}
