internal import Evidence
internal import Kernel

extension LogTree {
  /// Any tile of a tree of `size` leaves, as it is served.
  func tile(_ coordinate: TileCoordinate, size: Int64) async throws -> Tile {
    let first = coordinate.index * Int64(TileCoordinate.fullWidth)
    let hashes: [MerkleHash]
    if coordinate.level == 0 {
      hashes = try await tile(coordinate.index, size: size).hashes
    } else {
      hashes = try await roots(coordinate.level - 1, first..<first + Int64(coordinate.width))
    }
    guard let tile = Tile(Array(hashes.prefix(coordinate.width))), tile.hashes.count == coordinate.width else {
      throw LogRefusal(.behindPublished, "\(coordinate.path) isn't there")
    }
    return tile
  }

  /// The root over the first leaves of a tree.
  func root(ofFirst count: Int64, in size: Int64) async throws -> MerkleHash {
    var hashes: [MerkleHash] = []
    for node in MerkleFrontier.nodes(size: count) { hashes.append(try await hash(of: node, size: size)) }
    return MerkleTree.fold(hashes) ?? MerkleTree.emptyRoot
  }

  /// The proof that a tree of `size` leaves continues one of `old`.
  func consistency(from old: Int64, to size: Int64) async throws -> ConsistencyProof {
    var hashes: [MerkleHash] = []
    for range in ConsistencyProof.ranges(oldSize: old, newSize: size) {
      var parts: [MerkleHash] = []
      for node in range.nodes { parts.append(try await hash(of: node, size: size)) }
      if let hash = MerkleTree.fold(parts) { hashes.append(hash) }
    }
    return ConsistencyProof(oldSize: old, newSize: size, hashes: hashes)
  }
}
