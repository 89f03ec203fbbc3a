/// Neighbouring leaves under one hash of a proof.
package struct MerkleRange: Hashable, Sendable {
  package let leaves: Range<Int64>

  /// - Parameter leaves: not empty, and beginning where a subtree of this size may begin, as RFC 6962 divides a tree.
  init(_ leaves: Range<Int64>) { self.leaves = leaves }

  /// The perfect subtrees that make it up, left to right. Its hash is ``MerkleTree/fold(_:)`` of theirs.
  package var nodes: [MerkleNode] {
    var nodes: [MerkleNode] = []
    var start = leaves.lowerBound
    while start < leaves.upperBound {
      let level = 63 - (leaves.upperBound - start).leadingZeroBitCount
      nodes.append(MerkleNode(level: level, index: start >> Int64(level)))
      start += 1 << Int64(level)
    }
    return nodes
  }

  /// Where RFC 6962 divides a tree of `size` leaves, at least two: the largest power of two below the size.
  static func split(_ size: Int64) -> Int64 { 1 << Int64(63 - (size - 1).leadingZeroBitCount) }
}
