internal import Crypto
internal import Kernel

/// Judges the blocks of one log against its checkpoint. Blocks need nothing of each other but the last chain hash.
struct BlockCheck: Sendable {
  let identity: LogIdentity
  let layout: LedgerLayout
  let checkpoint: Checkpoint

  init(_ identity: LogIdentity, checkpoint: Checkpoint) {
    self.identity = identity
    self.layout = LedgerLayout.of(identity.ledger)
    self.checkpoint = checkpoint
  }

  func outcome(of block: BundleBlock) -> BlockOutcome {
    var outcome = BlockOutcome(root: MerkleTree.root(of: block.hashes))
    let tiles = BundleLog.tileCount(size: checkpoint.size)
    let proof = InclusionProof(index: block.tile, size: tiles, hashes: block.proof)
    guard proof.root(from: outcome.root) == checkpoint.root else {
      let start = block.tile * Int64(TileCoordinate.fullWidth)
      outcome.finding = Finding(.wrongProof, ledger: identity.ledger, entries: start + 1...start + Int64(block.hashes.count))
      return outcome
    }
    var fields = LedgerScan.fields(for: layout)
    var start = 0
    for (offset, end) in block.ends.enumerated() {
      let index = block.first + Int64(offset)
      if let code = check(block.entries.span.extracting(start..<end), at: index, in: block, isFirst: offset == 0, &fields, &outcome) {
        outcome.finding = Finding.entry(code, identity.ledger, at: index)
        return outcome
      }
      start = end
    }
    return outcome
  }

  private func check(
    _ entry: Span<UInt8>, at index: Int64, in block: BundleBlock, isFirst: Bool, _ fields: inout [Range<Int>?],
    _ outcome: inout BlockOutcome
  ) -> FindingCode? {
    let leaf = entry.withUnsafeBytes(MerkleTree.leafHash)
    guard leaf == block.hashes[Int(index % Int64(TileCoordinate.fullWidth))] else {
      return block.hashes.contains(leaf) ? .misplaced : .changed
    }
    guard (try? LedgerScan.scan(entry, layout: layout, into: &fields)) != nil else { return .notAnEntry }
    if let column = layout.brandColumn, integer(fields[column], of: entry) != identity.scope.brandID { return .wrongBrand }
    if let column = layout.sequenceColumn, integer(fields[column], of: entry) != index + 1 { return .wrongNumber }
    guard let column = layout.previousColumn, let field = fields[column] else { return nil }
    let previous = entry.extracting(field).withUnsafeBytes { MerkleHash(loading: $0) }
    if isFirst {
      outcome.firstPrevious = previous
    } else if previous != outcome.lastHash {
      return .brokenChain
    }
    outcome.lastHash = entry.withUnsafeBytes { bytes in
      var hash = SHA256()
      hash.update(bufferPointer: bytes)
      return MerkleHash(hash.finalize())
    }
    return nil
  }

  private func integer(_ field: Range<Int>?, of entry: Span<UInt8>) -> Int64? {
    guard let field else { return nil }
    var value: UInt64 = 0
    for index in field { value = value << 8 | UInt64(entry[index]) }
    return Int64(bitPattern: value)
  }
}
