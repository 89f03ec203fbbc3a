internal import Evidence
internal import Kernel

/// Hashes of a log's tree, from its full tiles, and from the entries behind them.
struct LogTree: Sendable {
  private static let width = Int64(TileCoordinate.fullWidth)

  private let shelf: any LogShelf

  init(_ shelf: any LogShelf) { self.shelf = shelf }

  /// The tree of all full tiles of a tree of `size` leaves.
  func frontier(ofTilesIn size: Int64) async throws -> MerkleFrontier {
    let whole = size / Self.width * Self.width
    var hashes: [MerkleHash] = []
    for node in MerkleFrontier.nodes(size: whole) { hashes.append(try await hash(of: node, size: whole)) }
    guard let frontier = MerkleFrontier(size: whole, hashes: hashes) else {
      throw LogRefusal(.checkpointAltered, "the tiles don't make a tree of \(whole) entries")
    }
    return frontier
  }

  /// The proof that an entry stands in a tree of `size` leaves.
  func inclusion(of index: Int64, size: Int64) async throws -> [MerkleHash] {
    let hashes = try await hashes(size: size) { InclusionProof(index: index, size: size, node: $0) }
    return InclusionProof(index: index, size: size) { hashes[$0] ?? MerkleTree.emptyRoot }.hashes
  }

  /// The proof that a tile's root leads to the root of such a tree.
  func inclusion(ofTile index: Int64, size: Int64) async throws -> InclusionProof {
    let hashes = try await hashes(size: size) { BundleLog.proof(ofTile: index, size: size, node: $0) }
    return BundleLog.proof(ofTile: index, size: size) { hashes[$0] ?? MerkleTree.emptyRoot }
  }

  /// The hashes that a proof asks for.
  private func hashes(size: Int64, for proof: ((MerkleNode) -> MerkleHash) -> InclusionProof) async throws -> [MerkleNode: MerkleHash] {
    var wanted: Set<MerkleNode> = []
    _ = proof { node in
      wanted.insert(node)
      return MerkleTree.emptyRoot
    }
    var hashes: [MerkleNode: MerkleHash] = [:]
    for node in wanted { hashes[node] = try await hash(of: node, size: size) }
    return hashes
  }

  /// A tile of level 0 of a tree of `size` leaves, with fewer hashes at the right edge.
  func tile(_ index: Int64, size: Int64) async throws -> Tile {
    if (index + 1) * Self.width <= size, let tile = try await shelf.tiles(index..<index + 1)[index] { return tile }
    let first = index * Self.width
    let entries = try await shelf.entries(after: first, limit: min(Self.width, size - first))
    guard let tile = Tile(entries.map { MerkleTree.leafHash(of: $0.bytes) }) else {
      throw LogRefusal(.behindPublished, "entry \(first + 1) is signed, and not there")
    }
    return tile
  }

  /// Roots of neighbouring full tiles of a level.
  ///
  /// - Throws: when one is missing.
  func roots(_ level: Int, _ indices: Range<Int64>) async throws -> [MerkleHash] {
    let roots = try await shelf.roots(level, indices)
    guard roots.count == indices.count else {
      throw LogRefusal(.checkpointAltered, "\(indices.count - roots.count) tiles of level \(level) are gone")
    }
    return roots
  }

  func hash(of node: MerkleNode, size: Int64) async throws -> MerkleHash {
    guard let (coordinate, range) = TileCoordinate.holding(node, size: size) else {
      throw LogRefusal(.behindPublished, "a tree of \(size) entries has no subtree \(node.level)/\(node.index)")
    }
    if coordinate.level == 0 {
      guard let hash = try await tile(coordinate.index, size: size).hash(over: range) else {
        throw LogRefusal(.behindPublished, "an entry of tile \(coordinate.index) is signed, and not there")
      }
      return hash
    }
    let first = coordinate.index * Self.width
    return MerkleTree.root(
      of: try await roots(coordinate.level - 1, first + Int64(range.lowerBound)..<first + Int64(range.upperBound)))
  }
}
