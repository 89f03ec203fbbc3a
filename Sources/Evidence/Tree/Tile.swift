/// The hashes of one tile, 32 bytes each, one after another.
package struct Tile: Hashable, Sendable {
  /// 1 to 256.
  package let hashes: [MerkleHash]

  /// Nil unless there are 1 to 256.
  package init?(_ hashes: [MerkleHash]) {
    guard (1...TileCoordinate.fullWidth).contains(hashes.count) else { return nil }
    self.hashes = hashes
  }

  /// Reads what is served of a tile; nil unless the bytes have exactly its width.
  package init?(bytes: [UInt8], of coordinate: TileCoordinate) {
    guard let hashes = MerkleHash.list(bytes), hashes.count == coordinate.width else { return nil }
    self.hashes = hashes
  }

  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hashes.count * MerkleHash.byteCount)
    for hash in hashes { hash.append(to: &bytes) }
    return bytes
  }

  /// The root over all its hashes: of a full tile, its hash in the level above.
  package var root: MerkleHash { MerkleTree.root(of: hashes) }

  /// The subtree over some of its hashes (``TileCoordinate/holding(_:size:)``); nil where it hasn't got them.
  package func hash(over range: Range<Int>) -> MerkleHash? {
    guard range.lowerBound >= 0, range.upperBound <= hashes.count, !range.isEmpty else { return nil }
    return MerkleTree.root(of: hashes[range])
  }
}
