internal import Kernel

/// Judges a bundle from its first byte to its last, in bounded memory, with what ``Trust`` brings and nothing else. The order of its steps is
/// written in `docs/formats/verdicts.md`: another program that follows it finds the same thing first.
package struct BundleVerifier {
  /// Tiles that are read ahead of the one that is judged.
  private static let blocksInFlightMax = 8

  private let trust: Trust
  /// Told after every tile: entries judged so far, and bytes read.
  private let progress: ((Int64, Int64) -> Void)?
  private var report = VerificationReport()
  private var entries: Int64 = 0
  private var newestKey: Int64 = 1
  private var compared = 0

  package init(trust: Trust, progress: ((_ entries: Int64, _ bytes: Int64) -> Void)? = nil) {
    self.trust = trust
    self.progress = progress
  }

  /// - Throws: only when the source can't be read; whatever is wrong with the bundle is in the report.
  package consuming func verify(_ source: some ByteSource) async throws(ByteSourceFault) -> VerificationReport {
    var reader = BundleReader(source)
    do throws(VerificationFailure) {
      try await read(&reader)
      judgeSplitView()
    } catch {
      switch error {
      case .found(let finding): report.stop(at: finding)
      case .unreadable(let fault): throw fault
      }
    }
    return report
  }

  private mutating func read(_ reader: inout BundleReader<some ByteSource>) async throws(VerificationFailure) {
    try reader.magic()
    let manifest = try parsed(&reader, .manifest, BundleManifest.init(text:))
    report.begin(manifest)
    let history = try keys(&reader, of: manifest)
    var last: Ledger?
    for _ in 0..<manifest.logs {
      let place = reader.position
      let log = try parsed(&reader, .log, BundleLog.init(text:))
      guard last.map({ $0 < log.ledger }) ?? true,
        let identity = LogIdentity(operatorName: manifest.operatorName, scope: manifest.scope, ledger: log.ledger)
      else { throw .found(Finding(.malformed, byte: place)) }
      last = log.ledger
      try await read(log, identity, history, manifest, &reader)
    }
    try seal(&reader, history, manifest)
  }

  /// A section of text. What can't be read is malformed where the section begins.
  private func parsed<Value>(
    _ reader: inout BundleReader<some ByteSource>, _ kind: BundleSectionKind, _ parse: ([UInt8]) throws(NoteFault) -> Value
  ) throws(VerificationFailure) -> Value {
    let place = reader.position
    let text = try reader.section(kind)
    do throws(NoteFault) {
      return try parse(text)
    } catch {
      throw .found(Finding(.malformed, byte: place))
    }
  }

  private func keys(_ reader: inout BundleReader<some ByteSource>, of manifest: BundleManifest) throws(VerificationFailure) -> KeyHistory {
    let text = try reader.section(.keys)
    guard let history = try? KeyHistory(bytes: text), history.operatorName == manifest.operatorName else {
      throw .found(Finding(.badHistory))
    }
    guard history.isTrusted(by: trust.keys) else { throw .found(Finding(.untrusted)) }
    guard trust.history(of: history.operatorName)?.agrees(with: history) ?? true else { throw .found(Finding(.badHistory)) }
    return history
  }

  // MARK: A log

  private mutating func read(
    _ log: BundleLog, _ identity: LogIdentity, _ history: KeyHistory, _ manifest: BundleManifest,
    _ reader: inout BundleReader<some ByteSource>
  ) async throws(VerificationFailure) {
    let verified = try checkpoint(&reader, .checkpoint, log, identity, history)
    let checkpoint = verified.checkpoint
    guard log.entries.upperBound <= checkpoint.size else {
      throw .found(Finding(.beyondCheckpoint, ledger: log.ledger, entries: checkpoint.size + 1...log.entries.upperBound))
    }
    report.add(verified)
    judgeFreshness(of: verified, manifest)
    var seen = SeenCheckpoints(identity, log, checkpoint, trust.seen)
    var size: Int64 = -1
    for _ in 0..<log.earlier {
      let earlier = try self.earlier(&reader, verified, identity, history)
      guard earlier.size > size else { throw .found(Finding(.inconsistent, ledger: log.ledger)) }
      size = earlier.size
      seen.compare(earlier)
    }
    try await blocks(of: log, BlockCheck(identity, checkpoint: checkpoint), &seen, &reader)
    for finding in seen.findings { report.add(finding) }
    compared += seen.compared
  }

  private mutating func checkpoint(
    _ reader: inout BundleReader<some ByteSource>, _ kind: BundleSectionKind, _ log: BundleLog, _ identity: LogIdentity,
    _ history: KeyHistory
  ) throws(VerificationFailure) -> VerifiedLog {
    let signed = try parsed(&reader, kind, SignedCheckpoint.init(bytes:))
    let ledger = identity.ledger
    guard signed.checkpoint.origin == identity.origin else { throw .found(Finding(.wrongLog, ledger: ledger)) }
    guard let key = history.signer(of: signed) else { throw .found(Finding(.unknownSigner, ledger: ledger)) }
    guard let time = try? signed.time(signedBy: key.publicKey) else { throw .found(Finding(.badSignature, ledger: ledger)) }
    if !history.isValid(key, at: time) { report.add(Finding(.outsideKeyTime, ledger: ledger)) }
    newestKey = max(newestKey, key.number)
    judgePolicy(of: signed, by: key, ledger)
    return VerifiedLog(log: log, checkpoint: signed.checkpoint, time: time, key: key.number)
  }

  private mutating func earlier(
    _ reader: inout BundleReader<some ByteSource>, _ current: VerifiedLog, _ identity: LogIdentity, _ history: KeyHistory
  ) throws(VerificationFailure) -> Checkpoint {
    let earlier = try checkpoint(&reader, .earlier, current.log, identity, history).checkpoint
    let place = reader.position
    guard let hashes = MerkleHash.list(try reader.section(.consistency)) else { throw .found(Finding(.malformed, byte: place)) }
    let proof = ConsistencyProof(oldSize: earlier.size, newSize: current.checkpoint.size, hashes: hashes)
    guard earlier.size < current.checkpoint.size, proof.connects(earlier.root, to: current.checkpoint.root) else {
      throw .found(Finding(.inconsistent, ledger: identity.ledger))
    }
    return earlier
  }

  // MARK: Entries

  /// Reads tiles ahead while others are judged, and takes the outcomes in the file's order: the first thing that is wrong is the one reported.
  private mutating func blocks(
    of log: BundleLog, _ check: BlockCheck, _ seen: inout SeenCheckpoints, _ reader: inout BundleReader<some ByteSource>
  ) async throws(VerificationFailure) {
    var lastHash = log.first == 0 ? MerkleHash(LedgerHash.genesis.bytes) : nil
    var pending: [(block: BundleBlock, outcome: Task<BlockOutcome, Never>)] = []
    var fault: VerificationFailure?
    var tiles = log.tiles
    repeat {
      while fault == nil, pending.count < Self.blocksInFlightMax, let tile = tiles.popFirst() {
        do throws(VerificationFailure) {
          let block = try reader.block(tile, of: log, size: check.checkpoint.size)
          pending.append((block, Task { @concurrent in check.outcome(of: block) }))
        } catch {
          fault = error
        }
      }
      guard !pending.isEmpty else { break }
      let (block, outcome) = pending.removeFirst()
      try await accept(outcome.value, of: block, log.ledger, &lastHash, &seen)
      progress?(entries, reader.position)
    } while true
    if let fault { throw fault }
    guard try reader.peek() != BundleSectionKind.entry.rawValue else {
      throw .found(Finding.entry(.extra, log.ledger, at: log.entries.upperBound))
    }
  }

  private mutating func accept(
    _ outcome: BlockOutcome, of block: BundleBlock, _ ledger: Ledger, _ lastHash: inout MerkleHash?, _ seen: inout SeenCheckpoints
  ) throws(VerificationFailure) {
    if let previous = outcome.firstPrevious, let lastHash, previous != lastHash {
      throw .found(Finding.entry(.brokenChain, ledger, at: block.first))
    }
    if let finding = outcome.finding { throw .found(finding) }
    lastHash = outcome.lastHash
    seen.tile(block, root: outcome.root)
    entries += Int64(block.ends.count)
  }

  // MARK: The end, and what is judged on the way

  private func seal(
    _ reader: inout BundleReader<some ByteSource>, _ history: KeyHistory, _ manifest: BundleManifest
  ) throws(VerificationFailure) {
    let (digest, count) = (reader.covered, reader.position)
    let text = try reader.seal()
    guard let note = try? SignedNote(bytes: text), note.signatures.count == 1, note.text == BundleWriter.sealText(digest, count),
      isSealed(note, history, manifest)
    else { throw .found(Finding(.wrongSeal)) }
    let end = reader.position
    guard try reader.isAtEnd() else { throw .found(Finding(.malformed, byte: end)) }
  }

  /// By the key that signed the newest checkpoint, or one that came after it.
  private func isSealed(_ note: SignedNote, _ history: KeyHistory, _ manifest: BundleManifest) -> Bool {
    guard let name = manifest.operatorName.bundlesName else { return false }
    return history.records.contains { record in
      guard record.number >= newestKey, let key = VerifierKey(name: name, kind: .ed25519, publicKey: record.publicKey) else { return false }
      return note.signatures.contains { key.verifies($0, over: note.text) }
    }
  }

  private mutating func judgeFreshness(of log: VerifiedLog, _ manifest: BundleManifest) {
    // Signatures have whole seconds.
    if log.time.seconds < manifest.to.seconds { report.add(Finding(.olderThanRange, ledger: log.log.ledger)) }
    if let now = trust.time, now.seconds - log.time.seconds > trust.ageSecondsMax { report.add(Finding(.stale, ledger: log.log.ledger)) }
  }

  private mutating func judgePolicy(of checkpoint: SignedCheckpoint, by key: KeyRecord, _ ledger: Ledger) {
    guard let policy = trust.policy else { return }
    let isListed = policy.logs.contains { $0.name == checkpoint.checkpoint.origin && $0.publicKey == key.publicKey }
    if !isListed, !policy.logs.isEmpty { report.add(Finding(.untrusted, ledger: ledger)) }
    do throws(NoteFault) {
      if try !policy.isSatisfied(by: checkpoint.note) { report.add(Finding(.noQuorum, ledger: ledger)) }
    } catch {
      report.add(Finding(.badCosignature, ledger: ledger))
    }
  }

  private mutating func judgeSplitView() {
    let isWitnessed = trust.policy.map { !$0.isWithoutQuorum } ?? false
    guard !isWitnessed, compared == 0 else { return }
    report.leaveOpen(.splitView, because: "no witness's policy and no checkpoint from elsewhere was given")
  }
}
