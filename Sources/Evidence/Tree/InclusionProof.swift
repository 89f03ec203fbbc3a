/// That a leaf stands at its index in a tree: the hashes beside its way from the leaf to the root (RFC 6962 section 2.1.1).
package struct InclusionProof: Hashable, Sendable {
  package let index: Int64
  package let size: Int64
  package let hashes: [MerkleHash]

  package init(index: Int64, size: Int64, hashes: [MerkleHash]) {
    self.index = index
    self.size = size
    self.hashes = hashes
  }

  /// The subtrees whose hashes make the proof, in its order. Fetch their nodes, then make it with ``init(index:size:node:)``.
  package static func ranges(index: Int64, size: Int64) -> [MerkleRange] {
    guard index >= 0, index < size else { return [] }
    var ranges: [MerkleRange] = []
    var within = 0..<size
    while within.count > 1 {
      let middle = within.lowerBound + MerkleRange.split(Int64(within.count))
      if index < middle {
        ranges.append(MerkleRange(middle..<within.upperBound))
        within = within.lowerBound..<middle
      } else {
        ranges.append(MerkleRange(within.lowerBound..<middle))
        within = middle..<within.upperBound
      }
    }
    return ranges.reversed()
  }

  /// - Parameter node: the hash of a perfect subtree.
  package init<Failure: Error>(index: Int64, size: Int64, node: (MerkleNode) throws(Failure) -> MerkleHash) throws(Failure) {
    var hashes: [MerkleHash] = []
    for range in Self.ranges(index: index, size: size) {
      var parts: [MerkleHash] = []
      for part in range.nodes { parts.append(try node(part)) }
      if let hash = MerkleTree.fold(parts) { hashes.append(hash) }
    }
    self.init(index: index, size: size, hashes: hashes)
  }

  /// The root that the proof leads to from this leaf; nil when it has too few hashes, too many, or the index lies outside the tree.
  package func root(from leaf: MerkleHash) -> MerkleHash? {
    guard index >= 0, index < size else { return nil }
    var (position, last) = (index, size - 1)
    var root = leaf
    for hash in hashes {
      guard last > 0 else { return nil }
      if position & 1 == 1 || position == last {
        root = MerkleTree.nodeHash(hash, root)
        while position & 1 == 0, position != 0 { (position, last) = (position >> 1, last >> 1) }
      } else {
        root = MerkleTree.nodeHash(root, hash)
      }
      (position, last) = (position >> 1, last >> 1)
    }
    return last == 0 ? root : nil
  }
}
