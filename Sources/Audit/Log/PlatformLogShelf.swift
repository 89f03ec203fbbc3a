internal import Evidence
internal import Kernel
internal import Postgres

/// A log of acts on the platform itself. As ``BrandLogShelf``, over tables that know no brand.
struct PlatformLogShelf: LogShelf {
  let source: any PlatformLedgerSource
  let transaction: PlatformTransaction

  var scope: LogScope { .platform }
  var ledger: Ledger { source.ledger }

  func claim() async throws -> Bool {
    try await transaction.query(
      "SELECT pg_try_advisory_xact_lock(hashtextextended(\("log:\(ledger.rawValue)"), 0)) AS mine"
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
      SELECT tree_size, root_hash, note FROM evidence.platform_log_checkpoint
      WHERE ledger = \(ledger.rawValue) ORDER BY tree_size DESC LIMIT 1
      """
    ).first.map { row throws(PostgresError) in try KeptCheckpoint(row: row) }
  }

  func kept(_ sizes: ClosedRange<Int64>) async throws -> [KeptCheckpoint] {
    try await transaction.query(
      """
      SELECT tree_size, root_hash, note FROM evidence.platform_log_checkpoint
      WHERE ledger = \(ledger.rawValue) AND tree_size >= \(sizes.lowerBound) AND tree_size <= \(sizes.upperBound)
      """
    ).map { row throws(PostgresError) in try KeptCheckpoint(row: row) }
  }

  func earliest(covering size: Int64, since time: Timestamp, limit: Int64) async throws -> [KeptCheckpoint] {
    try await transaction.query(
      """
      SELECT tree_size, root_hash, note FROM evidence.platform_log_checkpoint
      WHERE ledger = \(ledger.rawValue) AND tree_size >= \(size) AND signed_at >= \(time) ORDER BY tree_size LIMIT \(limit)
      """
    ).map { row throws(PostgresError) in try KeptCheckpoint(row: row) }
  }

  func tiles(_ indices: Range<Int64>) async throws -> [Int64: Tile] {
    try Tile.tiles(
      try await transaction.query(
        """
        SELECT tile_index, hashes FROM evidence.platform_log_tile
        WHERE ledger = \(ledger.rawValue) AND level = 0 AND tile_index >= \(indices.lowerBound) AND tile_index < \(indices.upperBound)
        """))
  }

  func roots(_ level: Int, _ indices: Range<Int64>) async throws -> [MerkleHash] {
    try await transaction.query(
      """
      SELECT root_hash FROM evidence.platform_log_tile
      WHERE ledger = \(ledger.rawValue) AND level = \(Int64(level))
        AND tile_index >= \(indices.lowerBound) AND tile_index < \(indices.upperBound)
      ORDER BY tile_index
      """
    ).map { row throws(PostgresError) in try MerkleHash(row: row, "root_hash") }
  }

  func keep(_ tile: Tile, level: Int, index: Int64) async throws {
    try await transaction.execute(
      """
      INSERT INTO evidence.platform_log_tile (ledger, level, tile_index, hashes, root_hash)
      VALUES (\(ledger.rawValue), \(Int64(level)), \(index), \(tile.bytes), \(tile.root.bytes))
      """)
  }

  func publish(_ signed: SignedCheckpoint, at moment: Timestamp) async throws {
    try await transaction.execute(
      """
      INSERT INTO evidence.platform_log_checkpoint (ledger, tree_size, root_hash, note, signed_at)
      VALUES (\(ledger.rawValue), \(signed.checkpoint.size), \(signed.checkpoint.root.bytes), \(signed.bytes), \(moment))
      """)
  }
}
