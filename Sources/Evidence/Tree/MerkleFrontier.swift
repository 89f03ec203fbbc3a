/// The right edge of a tree: all that is needed to add leaves and to know the root, 64 hashes at most however many leaves there are.
package struct MerkleFrontier: Hashable, Sendable {
  /// Leaves so far.
  package private(set) var size: Int64
  /// Roots of the perfect subtrees that the leaves make, largest first: one for each bit that is set in ``size``.
  package private(set) var hashes: [MerkleHash]

  package init() {
    size = 0
    hashes = []
  }

  /// What an earlier frontier was. Nil where there can't be so many hashes for the size.
  package init?(size: Int64, hashes: [MerkleHash]) {
    guard size >= 0, hashes.count == size.nonzeroBitCount else { return nil }
    self.size = size
    self.hashes = hashes
  }

  /// The subtrees whose roots make the frontier of a tree of `size` leaves, largest first.
  package static func nodes(size: Int64) -> [MerkleNode] { size > 0 ? MerkleRange(0..<size).nodes : [] }

  package mutating func append(_ leaf: MerkleHash) {
    var hash = leaf
    var pairs = size
    while pairs & 1 == 1, let left = hashes.popLast() {
      hash = MerkleTree.nodeHash(left, hash)
      pairs >>= 1
    }
    hashes.append(hash)
    size += 1
  }

  package var root: MerkleHash { MerkleTree.fold(hashes) ?? MerkleTree.emptyRoot }

  /// The root with one more leaf on the right that is itself a smaller tree: nothing is appended.
  func root(continuedBy right: MerkleHash) -> MerkleHash { MerkleTree.fold(hashes + [right]) ?? right }
}
