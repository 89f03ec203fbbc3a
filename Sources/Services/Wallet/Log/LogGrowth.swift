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
  private let signed: [Int64: MerkleHash]
  private let largestSigned: Int64

  /// - Parameters:
  ///   - frontier: the tree of all full tiles.
  ///   - head: the last entry in them.
  init(_ frontier: MerkleFrontier, after head: LedgerHead, signed: [Checkpoint]) {
    self.frontier = frontier
    self.head = head
    self.signed = Dictionary(signed.map { ($0.size, $0.root) }) { first, _ in first }
    self.largestSigned = signed.map(\.size).max() ?? 0
  }

  mutating func append(_ stored: StoredLedgerEntry) throws(LogRefusal) {
    do throws(LedgerChainFault) {
      head = try head.following(stored.entry, claimed: stored.claimed)
    } catch {
      throw LogRefusal(.chainBroken, "at entry \(stored.entry.seq): \(error)")
    }
    let leaf = MerkleTree.leafHash(of: LedgerEntryLayout.bytes(of: stored.entry))
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
    guard let root = signed[frontier.size], root != frontier.root else { return }
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
