internal import Evidence
internal import Postgres

/// A row of what is signed.
struct KeptCheckpoint: Sendable {
  let size: Int64
  let root: MerkleHash
  let note: [UInt8]

  init(size: Int64, root: MerkleHash, note: [UInt8]) {
    self.size = size
    self.root = root
    self.note = note
  }

  init(row: Row) throws(PostgresError) {
    size = try row.get("tree_size")
    root = try MerkleHash(row: row, "root_hash")
    note = try row.get("note")
  }
}

extension MerkleHash {
  init(row: Row, _ column: String) throws(PostgresError) {
    guard let hash = MerkleHash.list(try row.get(column, as: [UInt8].self))?.first else {
      throw PostgresError(.decoding, "\(column) is not 32 bytes", operation: "read a log")
    }
    self = hash
  }
}

extension Tile {
  /// By their place. One that isn't whole hashes is none.
  static func tiles(_ rows: Rows) throws(PostgresError) -> [Int64: Tile] {
    var tiles: [Int64: Tile] = [:]
    for row in rows { tiles[try row.get("tile_index")] = MerkleHash.list(try row.get("hashes", as: [UInt8].self)).flatMap(Tile.init) }
    return tiles
  }
}
