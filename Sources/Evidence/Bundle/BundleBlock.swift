/// A tile of a bundle with the entries that it brings.
struct BundleBlock: Sendable {
  /// Of the tile, within level 0.
  let tile: Int64
  let hashes: [MerkleHash]
  let proof: [MerkleHash]
  /// One after another.
  let entries: [UInt8]
  /// Where each of them ends.
  let ends: [Int]
  /// Index of the first of them in the log.
  let first: Int64
}
