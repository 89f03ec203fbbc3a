/// A perfect subtree: the one over the leaves from `index << level` on, `1 << level` of them.
package struct MerkleNode: Hashable, Sendable {
  /// 0 is a leaf.
  package let level: Int
  package let index: Int64

  package init(level: Int, index: Int64) {
    self.level = level
    self.index = index
  }

  package var leaves: Range<Int64> { index << Int64(level)..<(index + 1) << Int64(level) }
}
