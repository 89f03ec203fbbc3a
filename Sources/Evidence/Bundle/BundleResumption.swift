/// How far an unfinished bundle got, so that an export that was stopped goes on instead of beginning anew.
///
/// Everything that is kept of it was checked against the plan's checkpoints. What stops in between: whoever appends to the file cuts it to
/// ``byteCount`` first, since half a section may stand at its end.
package struct BundleResumption {
  /// Goes on after ``byteCount`` bytes.
  package private(set) var writer: BundleWriter
  /// What is whole; 0 where not even the head is.
  package private(set) var byteCount: Int64 = 0
  /// Logs that were begun. The last of them is ``log``.
  package private(set) var logs = 0
  /// The last log's tiles that are still to be written.
  package private(set) var tiles: Range<Int64> = 0..<0
  /// Entries that are there.
  package private(set) var entries: Int64 = 0

  private let plan: BundlePlan

  /// - Throws: a ``Finding`` where the bytes aren't the beginning of this bundle, or were changed; a ``ByteSourceFault`` where they can't be read.
  package init(_ source: some ByteSource, of plan: BundlePlan) throws {
    self.plan = plan
    writer = BundleWriter(plan.manifest, history: plan.history)
    var source = source
    var whole = BundleWriter(plan.manifest, history: plan.history)
    let head = whole.head()
    var start: [UInt8] = []
    while start.count < head.count {
      let more = try source.read(upTo: head.count - start.count)
      guard !more.isEmpty else { break }
      start += more
    }
    guard head.starts(with: start) else { throw Finding(.malformed, byte: Int64(zip(head, start).prefix { $0 == $1 }.count)) }
    guard start.count == head.count else { return }
    var reader = BundleReader(ResumedSource(start: start, rest: source))
    do throws(VerificationFailure) {
      try read(&reader)
    } catch {
      switch error {
      // The end of what was written.
      case .found(let finding) where finding.code == .truncated: return
      case .found(let finding): throw finding
      case .unreadable(let fault): throw fault
      }
    }
  }

  private mutating func read(_ reader: inout BundleReader<some ByteSource>) throws(VerificationFailure) {
    try reader.magic()
    _ = try reader.section(.manifest)
    _ = try reader.section(.keys)
    keep(reader)
    for log in plan.logs { try read(log, &reader) }
  }

  private mutating func keep(_ reader: BundleReader<some ByteSource>) {
    writer.goOn(after: reader)
    byteCount = reader.position
  }

  private mutating func read(_ planned: BundlePlan.Log, _ reader: inout BundleReader<some ByteSource>) throws(VerificationFailure) {
    let place = reader.position
    let (text, note) = (try reader.section(.log), try reader.section(.checkpoint))
    let (log, checkpoint) = (planned.log, planned.checkpoint.checkpoint)
    guard text == log.text, note == planned.checkpoint.bytes,
      let identity = LogIdentity(operatorName: plan.manifest.operatorName, scope: plan.manifest.scope, ledger: log.ledger)
    else { throw .found(Finding(.malformed, byte: place)) }
    let check = BlockCheck(identity, checkpoint: checkpoint)
    (logs, tiles) = (logs + 1, log.tiles)
    keep(reader)
    while let tile = tiles.first {
      let block = try reader.block(tile, of: log, size: checkpoint.size)
      if let finding = check.outcome(of: block).finding { throw .found(finding) }
      tiles = tiles.dropFirst()
      entries += Int64(block.ends.count)
      keep(reader)
    }
  }
}
