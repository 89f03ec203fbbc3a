/// How far an unfinished bundle got, so that an export that was stopped goes on instead of beginning anew.
///
/// What stops in between: whoever appends to the file cuts it to ``byteCount`` first, since half a section may stand at its end. The entries
/// in it aren't judged here; they are when the whole is verified.
package struct BundleResumption {
  /// Goes on after ``byteCount`` bytes.
  package private(set) var writer: BundleWriter
  /// What is whole.
  package private(set) var byteCount: Int64 = 0
  /// The last log that was begun; nil where none was.
  package private(set) var log: BundleLog?
  /// Its checkpoint. The log's other tiles must be proven by the same one.
  package private(set) var checkpoint: SignedCheckpoint?
  /// Its tiles that are still to be written.
  package private(set) var tiles: Range<Int64> = 0..<0
  /// Logs that were begun, the last one among them.
  package private(set) var logs: Int64 = 0

  /// Nil where the bytes aren't the beginning of a bundle with this manifest and this history: then begin anew.
  package init?(
    _ source: some ByteSource, _ manifest: BundleManifest, history: KeyHistory
  ) throws(ByteSourceFault) {
    writer = BundleWriter(manifest, history: history)
    var reader = BundleReader(source)
    do throws(VerificationFailure) {
      try reader.magic()
      guard try reader.section(.manifest) == manifest.text, try reader.section(.keys) == history.bytes else { return nil }
      keep(reader)
      while logs < manifest.logs { try readLog(&reader) }
    } catch {
      switch error {
      // The end of what was written; without a head there is nothing to go on with.
      case .found(let finding) where finding.code == .truncated && byteCount > 0: return
      case .found: return nil
      case .unreadable(let fault): throw fault
      }
    }
  }

  private mutating func keep(_ reader: BundleReader<some ByteSource>) {
    writer.goOn(after: reader)
    byteCount = reader.position
  }

  private mutating func readLog(_ reader: inout BundleReader<some ByteSource>) throws(VerificationFailure) {
    let place = reader.position
    let (text, note) = (try reader.section(.log), try reader.section(.checkpoint))
    guard let head = try? BundleLog(text: text), let signed = try? SignedCheckpoint(bytes: note) else {
      throw .found(Finding(.malformed, byte: place))
    }
    for _ in 0..<head.earlier {
      _ = try reader.section(.earlier)
      _ = try reader.section(.consistency)
    }
    (log, checkpoint, tiles) = (head, signed, head.tiles)
    logs += 1
    keep(reader)
    while let tile = tiles.first {
      _ = try reader.section(.tile)
      _ = try reader.section(.inclusion)
      var entries: [UInt8] = []
      for _ in head.entries(inTile: tile) { try reader.entry(into: &entries) }
      tiles = tiles.dropFirst()
      keep(reader)
    }
  }
}
