/// Holds a log of a bundle against the checkpoints of it that came another way.
struct SeenCheckpoints {
  private let ledger: Ledger
  private let seen: [Checkpoint]
  /// Over the tiles so far; nil where the bundle doesn't bring the log from its beginning.
  private var frontier: MerkleFrontier?
  private(set) var findings: [Finding] = []
  /// Checkpoints that could be compared.
  private(set) var compared = 0

  init(_ identity: LogIdentity, _ log: BundleLog, _ checkpoint: Checkpoint, _ seen: [SignedCheckpoint]) {
    ledger = identity.ledger
    self.seen = seen.map(\.checkpoint).filter { $0.origin == identity.origin }
    frontier = log.tiles.lowerBound == 0 ? MerkleFrontier() : nil
    compare(checkpoint)
    for larger in self.seen where larger.size > checkpoint.size {
      findings.append(Finding(.behindSeen, ledger: ledger, entries: checkpoint.size + 1...larger.size))
    }
  }

  /// A root of the log that is proven.
  mutating func compare(_ checkpoint: Checkpoint) {
    for same in seen where same.size == checkpoint.size { compare(same, with: checkpoint.root) }
  }

  private mutating func compare(_ checkpoint: Checkpoint, with root: MerkleHash) {
    compared += 1
    guard checkpoint.root != root else { return }
    let finding = Finding(.contradictsSeen, ledger: ledger, entries: checkpoint.size > 0 ? 1...checkpoint.size : nil)
    // The same size may be proven twice, by a checkpoint and by the tiles.
    if !findings.contains(finding) { findings.append(finding) }
  }

  /// The next tile from the left, whose hashes are proven.
  mutating func tile(_ block: BundleBlock, root: MerkleHash) {
    guard var edge = frontier else { return }
    let start = block.tile * Int64(TileCoordinate.fullWidth)
    for checkpoint in seen where checkpoint.size > start && checkpoint.size <= start + Int64(block.hashes.count) {
      let part = MerkleTree.root(of: block.hashes.prefix(Int(checkpoint.size - start)))
      compare(checkpoint, with: edge.root(continuedBy: part))
    }
    edge.append(root)
    frontier = edge
  }
}
