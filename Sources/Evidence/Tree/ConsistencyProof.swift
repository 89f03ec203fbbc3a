/// That a tree continues an earlier one without changing it (RFC 6962 section 2.1.2).
package struct ConsistencyProof: Hashable, Sendable {
  package let oldSize: Int64
  package let newSize: Int64
  package let hashes: [MerkleHash]

  package init(oldSize: Int64, newSize: Int64, hashes: [MerkleHash]) {
    self.oldSize = oldSize
    self.newSize = newSize
    self.hashes = hashes
  }

  /// The subtrees whose hashes make the proof, in its order; none between equal trees and from the empty one.
  package static func ranges(oldSize: Int64, newSize: Int64) -> [MerkleRange] {
    guard oldSize > 0, oldSize < newSize else { return [] }
    var ranges: [MerkleRange] = []
    var within = 0..<newSize
    while within.upperBound != oldSize {
      let middle = within.lowerBound + MerkleRange.split(Int64(within.count))
      if oldSize <= middle {
        ranges.append(MerkleRange(middle..<within.upperBound))
        within = within.lowerBound..<middle
      } else {
        ranges.append(MerkleRange(within.lowerBound..<middle))
        within = middle..<within.upperBound
      }
    }
    // The verifier knows the old root itself; any other subtree that ends the old tree must be named.
    if within.lowerBound > 0 { ranges.append(MerkleRange(within)) }
    return ranges.reversed()
  }

  /// - Parameter node: the hash of a perfect subtree.
  package init<Failure: Error>(oldSize: Int64, newSize: Int64, node: (MerkleNode) throws(Failure) -> MerkleHash) throws(Failure) {
    var hashes: [MerkleHash] = []
    for range in Self.ranges(oldSize: oldSize, newSize: newSize) {
      var parts: [MerkleHash] = []
      for part in range.nodes { parts.append(try node(part)) }
      if let hash = MerkleTree.fold(parts) { hashes.append(hash) }
    }
    self.init(oldSize: oldSize, newSize: newSize, hashes: hashes)
  }

  /// Whether the tree with the new root continues the one with the old root.
  package func connects(_ oldRoot: MerkleHash, to newRoot: MerkleHash) -> Bool {
    guard oldSize > 0, oldSize < newSize else {
      let same = oldSize == newSize && oldRoot == newRoot
      return hashes.isEmpty && (same || oldSize == 0 && newSize > 0 && oldRoot == MerkleTree.emptyRoot)
    }
    var (position, last) = (oldSize - 1, newSize - 1)
    while position & 1 == 1 { (position, last) = (position >> 1, last >> 1) }
    var rest = hashes[...]
    // An old tree that is perfect is itself the first hash.
    guard let start = oldSize.nonzeroBitCount == 1 ? oldRoot : rest.popFirst() else { return false }
    var (old, new) = (start, start)
    for hash in rest {
      guard last > 0 else { return false }
      if position & 1 == 1 || position == last {
        old = MerkleTree.nodeHash(hash, old)
        new = MerkleTree.nodeHash(hash, new)
        while position & 1 == 0, position != 0 { (position, last) = (position >> 1, last >> 1) }
      } else {
        new = MerkleTree.nodeHash(new, hash)
      }
      (position, last) = (position >> 1, last >> 1)
    }
    return last == 0 && old == oldRoot && new == newRoot
  }
}
