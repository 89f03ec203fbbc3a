internal import Evidence
internal import Kernel
internal import Postgres

/// Hashes of a log's tree, from its full tiles, and from the entries behind them.
struct LogTree: Sendable {
  private static let width = Int64(TileCoordinate.fullWidth)

  let store: LogStore
  private let entries = WalletCheckStore()

  init(_ store: LogStore) { self.store = store }

  /// The tree of all full tiles of a tree of `size` leaves.
  func frontier(ofTilesIn size: Int64, _ transaction: BrandTransaction) async throws -> MerkleFrontier {
    let whole = size / Self.width * Self.width
    var hashes: [MerkleHash] = []
    for node in MerkleFrontier.nodes(size: whole) { hashes.append(try await hash(of: node, size: whole, transaction)) }
    guard let frontier = MerkleFrontier(size: whole, hashes: hashes) else {
      throw LogRefusal(.checkpointAltered, "the tiles don't make a tree of \(whole) entries")
    }
    return frontier
  }

  /// The proof that an entry stands in a tree of `size` leaves.
  func inclusion(of index: Int64, size: Int64, _ transaction: BrandTransaction) async throws -> [MerkleHash] {
    let hashes = try await hashes(size: size, transaction) { InclusionProof(index: index, size: size, node: $0) }
    return InclusionProof(index: index, size: size) { hashes[$0] ?? MerkleTree.emptyRoot }.hashes
  }

  /// The proof that a tile's root leads to the root of such a tree.
  func inclusion(ofTile index: Int64, size: Int64, _ transaction: BrandTransaction) async throws -> InclusionProof {
    let hashes = try await hashes(size: size, transaction) { BundleLog.proof(ofTile: index, size: size, node: $0) }
    return BundleLog.proof(ofTile: index, size: size) { hashes[$0] ?? MerkleTree.emptyRoot }
  }

  /// The hashes that a proof asks for.
  private func hashes(
    size: Int64, _ transaction: BrandTransaction, for proof: ((MerkleNode) -> MerkleHash) -> InclusionProof
  ) async throws -> [MerkleNode: MerkleHash] {
    var wanted: Set<MerkleNode> = []
    _ = proof { node in
      wanted.insert(node)
      return MerkleTree.emptyRoot
    }
    var hashes: [MerkleNode: MerkleHash] = [:]
    for node in wanted { hashes[node] = try await hash(of: node, size: size, transaction) }
    return hashes
  }

  /// A tile of level 0 of a tree of `size` leaves, with fewer hashes at the right edge.
  func tile(_ index: Int64, size: Int64, _ transaction: BrandTransaction) async throws -> Tile {
    if (index + 1) * Self.width <= size, let tile = try await store.tile(index, transaction) { return tile }
    let first = index * Self.width
    let stored = try await entries.entries(after: first, limit: min(Self.width, size - first), transaction)
    guard let tile = Tile(stored.map { MerkleTree.leafHash(of: LedgerEntryLayout.bytes(of: $0.entry)) }) else {
      throw LogRefusal(.behindPublished, "entry \(first + 1) is signed, and not there")
    }
    return tile
  }

  func hash(of node: MerkleNode, size: Int64, _ transaction: BrandTransaction) async throws -> MerkleHash {
    guard let (coordinate, range) = TileCoordinate.holding(node, size: size) else {
      throw LogRefusal(.behindPublished, "a tree of \(size) entries has no subtree \(node.level)/\(node.index)")
    }
    if coordinate.level == 0 {
      guard let hash = try await tile(coordinate.index, size: size, transaction).hash(over: range) else {
        throw LogRefusal(.behindPublished, "an entry of tile \(coordinate.index) is signed, and not there")
      }
      return hash
    }
    let first = coordinate.index * Self.width
    let roots = try await store.roots(
      coordinate.level - 1, first + Int64(range.lowerBound)..<first + Int64(range.upperBound), transaction)
    return MerkleTree.root(of: roots)
  }
}
