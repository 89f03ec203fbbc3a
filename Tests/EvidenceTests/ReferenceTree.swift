import Evidence

/// The tree of RFC 6962 as its text defines it, by recursion over all leaves: slow, and nothing of the product's arithmetic in it.
struct ReferenceTree {
  let leaves: [MerkleHash]

  init(count: Int) {
    leaves = (0..<count).map { MerkleTree.leafHash(of: Array("leaf \($0)".utf8)) }
  }

  init(_ leaves: [MerkleHash]) { self.leaves = leaves }

  func root(_ range: Range<Int>) -> MerkleHash {
    guard range.count > 1 else { return range.isEmpty ? MerkleTree.emptyRoot : leaves[range.lowerBound] }
    let middle = range.lowerBound + split(range.count)
    return MerkleTree.nodeHash(root(range.lowerBound..<middle), root(middle..<range.upperBound))
  }

  func root(size: Int) -> MerkleHash { root(0..<size) }

  /// `PATH(m, D[n])`.
  func path(_ index: Int, _ range: Range<Int>) -> [MerkleHash] {
    guard range.count > 1 else { return [] }
    let middle = range.lowerBound + split(range.count)
    return index < middle
      ? path(index, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
      : path(index, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
  }

  /// `SUBPROOF(m, D[n], b)`.
  func subproof(_ size: Int, _ range: Range<Int>, _ isWhole: Bool) -> [MerkleHash] {
    guard size != range.count else { return isWhole ? [] : [root(range)] }
    let half = split(range.count)
    let middle = range.lowerBound + half
    return size <= half
      ? subproof(size, range.lowerBound..<middle, isWhole) + [root(middle..<range.upperBound)]
      : subproof(size - half, middle..<range.upperBound, false) + [root(range.lowerBound..<middle)]
  }

  func node(_ node: MerkleNode) -> MerkleHash { root(Int(node.leaves.lowerBound)..<Int(node.leaves.upperBound)) }

  private func split(_ count: Int) -> Int {
    var half = 1
    while half * 2 < count { half *= 2 }
    return half
  }
}
