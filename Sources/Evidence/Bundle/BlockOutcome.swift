/// What a block said, as far as it can be judged without its neighbours.
struct BlockOutcome: Sendable {
  /// The root over the tile's hashes.
  let root: MerkleHash
  /// What the first entry says that the hash of the entry before it is; nil where the ledger has no chain, or the entry is itself wrong.
  var firstPrevious: MerkleHash?
  /// The first thing that is wrong.
  var finding: Finding?
  /// The chain hash of the last entry.
  var lastHash: MerkleHash?
}
