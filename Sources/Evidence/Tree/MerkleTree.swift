internal import Crypto

/// The hashes of an RFC 6962 tree. A leaf and a node can't be mistaken for each other: their bytes begin with 0 and 1.
package enum MerkleTree {
  /// The root of a tree without leaves: SHA-256 of nothing.
  package static let emptyRoot = MerkleHash(SHA256.hash(data: [UInt8]()))

  package static func leafHash(of entry: [UInt8]) -> MerkleHash { entry.withUnsafeBytes(leafHash) }

  package static func leafHash(of entry: UnsafeRawBufferPointer) -> MerkleHash {
    var hash = SHA256()
    withUnsafeBytes(of: UInt8(0)) { hash.update(bufferPointer: $0) }
    hash.update(bufferPointer: entry)
    return MerkleHash(hash.finalize())
  }

  package static func nodeHash(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
    var hash = SHA256()
    withUnsafeTemporaryAllocation(byteCount: 1 + 2 * MerkleHash.byteCount, alignment: 1) { buffer in
      buffer.storeBytes(of: 1, as: UInt8.self)
      buffer.storeBytes(of: left, toByteOffset: 1, as: MerkleHash.self)
      buffer.storeBytes(of: right, toByteOffset: 1 + MerkleHash.byteCount, as: MerkleHash.self)
      hash.update(bufferPointer: UnsafeRawBufferPointer(buffer))
    }
    return MerkleHash(hash.finalize())
  }

  /// The root of a tree with these leaves, which are hashes already.
  package static func root(of leaves: some Sequence<MerkleHash>) -> MerkleHash {
    var frontier = MerkleFrontier()
    for leaf in leaves { frontier.append(leaf) }
    return frontier.root
  }

  /// The hash over neighbours that stand left to right, each the root of a perfect subtree and none larger than the one before it.
  /// Nil when there is none.
  package static func fold(_ hashes: some BidirectionalCollection<MerkleHash>) -> MerkleHash? {
    guard var folded = hashes.last else { return nil }
    for hash in hashes.dropLast().reversed() { folded = nodeHash(hash, folded) }
    return folded
  }
}
