/// What a bundle says of one of its logs: which entries follow, and how many earlier checkpoints.
package struct BundleLog: Hashable, Sendable {
  package static let earlierMax: Int64 = 4096

  package let ledger: Ledger
  /// Index of the first entry in the log, from 0.
  package let first: Int64
  package let count: Int64
  package let earlier: Int64

  /// Nil for a range that can't be.
  package init?(ledger: Ledger, first: Int64, count: Int64, earlier: Int64) {
    guard first >= 0, count >= 0, count <= Int64.max - first, (0...Self.earlierMax).contains(earlier) else { return nil }
    self.ledger = ledger
    self.first = first
    self.count = count
    self.earlier = earlier
  }

  init(text: [UInt8]) throws(NoteFault) {
    var lines = try TextLines(text, of: "the log's head")
    guard let ledger = Ledger(rawValue: try lines.value("ledger")) else { throw NoteFault("the ledger isn't known") }
    let (first, count, earlier) = (try lines.number("first"), try lines.number("entries"), try lines.number("earlier"))
    try lines.end()
    guard let log = BundleLog(ledger: ledger, first: first, count: count, earlier: earlier) else {
      throw NoteFault("the log's range can't be")
    }
    self = log
  }

  var text: [UInt8] { Array("ledger \(ledger.rawValue)\nfirst \(first)\nentries \(count)\nearlier \(earlier)\n".utf8) }

  package var entries: Range<Int64> { first..<first + count }

  /// The tiles of level 0 that hold the entries' hashes, by index.
  package var tiles: Range<Int64> {
    let width = Int64(TileCoordinate.fullWidth)
    return count == 0 ? 0..<0 : first / width..<(first + count - 1) / width + 1
  }

  /// The entries of the log that one of these tiles brings.
  package func entries(inTile index: Int64) -> Range<Int64> {
    let start = index * Int64(TileCoordinate.fullWidth)
    return entries.clamped(to: start..<start + Int64(TileCoordinate.fullWidth))
  }

  /// Hashes of such a tile in a tree of `size` leaves.
  package static func width(ofTile index: Int64, size: Int64) -> Int {
    Int(min(size - index * Int64(TileCoordinate.fullWidth), Int64(TileCoordinate.fullWidth)))
  }

  /// Tiles of level 0 of such a tree. Seen from above, each is a leaf, its root the leaf's hash.
  package static func tileCount(size: Int64) -> Int64 {
    size / Int64(TileCoordinate.fullWidth) + (size % Int64(TileCoordinate.fullWidth) == 0 ? 0 : 1)
  }

  /// The proof that a tile's root leads to the root of a tree of `size` leaves.
  ///
  /// - Parameter node: the hash of a perfect subtree of the log.
  package static func proof<Failure: Error>(
    ofTile index: Int64, size: Int64, node: (MerkleNode) throws(Failure) -> MerkleHash
  ) throws(Failure) -> InclusionProof {
    let count = tileCount(size: size)
    var hashes: [MerkleHash] = []
    for range in InclusionProof.ranges(index: index, size: count) {
      let width = Int64(TileCoordinate.fullWidth)
      let leaves = MerkleRange(range.leaves.lowerBound * width..<min(range.leaves.upperBound * width, size))
      var parts: [MerkleHash] = []
      for part in leaves.nodes { parts.append(try node(part)) }
      if let hash = MerkleTree.fold(parts) { hashes.append(hash) }
    }
    return InclusionProof(index: index, size: count, hashes: hashes)
  }
}
