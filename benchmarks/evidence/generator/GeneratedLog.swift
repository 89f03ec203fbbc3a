internal import Evidence
internal import Kernel

/// A log of made-up movements, all hashes of its tree in memory.
struct GeneratedLog {
  static let operatorName = OperatorName("benchmark.example")
  static let start = Timestamp(seconds: 1_764_028_800)

  let count: Int64
  /// Hashes of perfect subtrees by level: the leaves first.
  private let levels: [[MerkleHash]]
  let root: MerkleHash

  init(count: Int64) {
    self.count = count
    var previous = LedgerHash.genesis
    var leaves: [MerkleHash] = []
    var frontier = MerkleFrontier()
    leaves.reserveCapacity(Int(count))
    for index in 0..<count {
      let leaf = MerkleTree.leafHash(of: Self.entry(index, after: &previous))
      leaves.append(leaf)
      frontier.append(leaf)
    }
    root = frontier.root
    levels = Self.levels(leaves)
  }

  private static func levels(_ leaves: [MerkleHash]) -> [[MerkleHash]] {
    var levels = [leaves]
    while let last = levels.last, last.count > 1 {
      levels.append((0..<last.count / 2).map { MerkleTree.nodeHash(last[2 * $0], last[2 * $0 + 1]) })
    }
    return levels
  }

  func node(_ node: MerkleNode) -> MerkleHash { levels[node.level][Int(node.index)] }

  func leaves(inTile index: Int64) -> [MerkleHash] {
    let start = Int(index) * TileCoordinate.fullWidth
    return Array(levels[0][start..<min(start + TileCoordinate.fullWidth, levels[0].count)])
  }

  static func entry(_ index: Int64, after previous: inout LedgerHash) -> [UInt8] {
    let entry = LedgerEntry(
      brand: 1, seq: index + 1, previous: previous, requestID: "game:provider-a:round-\(10_000_000 + index)", command: "authorize",
      transaction: UUIDv7(at: start, random: (UInt64(index), UInt64(index) &* 0x9E37_79B9_7F4A_7C15)), player: 1_000_000 + index % 10_000,
      account: "cash", currency: "EUR", amount: -100 - index % 900, balanceAfter: 1_000_000 + index % 5000,
      createdAt: Timestamp(microseconds: start.microseconds + index))
    previous = entry.hash
    return LedgerEntryLayout.bytes(of: entry)
  }
}
