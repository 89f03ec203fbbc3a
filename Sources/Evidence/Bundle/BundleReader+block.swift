extension BundleReader {
  /// A tile of a log with its proof and its entries. Nothing of it is judged yet.
  ///
  /// - Parameter size: of the log's checkpoint.
  mutating func block(_ tile: Int64, of log: BundleLog, size: Int64) throws(VerificationFailure) -> BundleBlock {
    let range = log.entries(inTile: tile)
    guard try peek() != BundleSectionKind.entry.rawValue else { throw .found(Finding.entry(.extra, log.ledger, at: range.lowerBound)) }
    let hashes = try self.hashes(.tile, count: BundleLog.width(ofTile: tile, size: size))
    let ranges = InclusionProof.ranges(index: tile, size: BundleLog.tileCount(size: size))
    let proof = try self.hashes(.inclusion, count: ranges.count)
    var contents: [UInt8] = []
    contents.reserveCapacity(range.count * 320)
    var ends: [Int] = []
    ends.reserveCapacity(range.count)
    for index in range {
      guard try peek() == BundleSectionKind.entry.rawValue else { throw .found(Finding.entry(.missing, log.ledger, at: index)) }
      try entry(into: &contents)
      ends.append(contents.count)
    }
    return BundleBlock(tile: tile, hashes: hashes, proof: proof, entries: contents, ends: ends, first: range.lowerBound)
  }

  private mutating func hashes(_ kind: BundleSectionKind, count: Int) throws(VerificationFailure) -> [MerkleHash] {
    let place = position
    guard let hashes = MerkleHash.list(try section(kind)), hashes.count == count else { throw .found(Finding(.malformed, byte: place)) }
    return hashes
  }
}
