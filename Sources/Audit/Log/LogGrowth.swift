internal import Evidence

/// The tree of a log while entries are added at its right edge, from the last full tile on. Pure.
///
/// The entries behind the last full tile that are signed already are read again, so that a change in them is found before anything is
/// signed on top of them.
struct LogGrowth: Sendable {
  private(set) var frontier: MerkleFrontier
  private(set) var head: LedgerHead
  /// Full tiles of level 0, by index.
  private(set) var tiles: [(index: Int64, tile: Tile)] = []
  private var leaves: [MerkleHash] = []
  /// The roots that were signed, by size; the tree must pass through all of them.
  private var signed: [Int64: Set<MerkleHash>] = [:]
  private var largestSigned: Int64 = 0

  /// - Parameters:
  ///   - frontier: the tree of all full tiles.
  ///   - head: the last entry in them.
  init(_ frontier: MerkleFrontier, after head: LedgerHead, signed: [Checkpoint]) {
    self.frontier = frontier
    self.head = head
    expect(signed)
  }

  /// More that was signed, of sizes that are still to come; what is behind is forgotten.
  mutating func expect(_ checkpoints: [Checkpoint]) {
    let size = frontier.size
    signed = signed.filter { $0.key >= size }
    for checkpoint in checkpoints {
      signed[checkpoint.size, default: []].insert(checkpoint.root)
      largestSigned = max(largestSigned, checkpoint.size)
    }
  }

  mutating func append(_ entry: LogEntry) throws(LogRefusal) {
    do throws(LedgerChainFault) {
      head = try head.following(
        seq: entry.seq, previous: entry.previous, hash: LedgerHash.digest(of: entry.bytes), claimed: entry.claimed)
    } catch {
      throw LogRefusal(.chainBroken, "at entry \(entry.seq): \(error)")
    }
    let leaf = MerkleTree.leafHash(of: entry.bytes)
    frontier.append(leaf)
    leaves.append(leaf)
    if leaves.count == TileCoordinate.fullWidth, let tile = Tile(leaves) {
      tiles.append((frontier.size / Int64(TileCoordinate.fullWidth) - 1, tile))
      leaves = []
    }
    try compare()
  }

  /// - Throws: when the tree has another root where something was signed.
  func compare() throws(LogRefusal) {
    guard let roots = signed[frontier.size], let root = roots.first(where: { $0 != frontier.root }) else { return }
    throw LogRefusal(.contradictsPublished, "the root over \(frontier.size) entries was \(root.base64) when it was signed")
  }

  /// For whoever has no use for them.
  mutating func forgetTiles() { tiles = [] }

  /// To be asked when there are no more entries.
  func end() throws(LogRefusal) {
    guard largestSigned > frontier.size else { return }
    throw LogRefusal(.behindPublished, "\(largestSigned) entries were signed, and the ledger has \(frontier.size)")
  }
}
