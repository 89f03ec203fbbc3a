/// Reads a bundle as ``BundleVerifier`` does, section by section and column by column, and judges nothing: what of verifying isn't hashing.
/// For benchmarks.
package enum BundleScan {
  /// - Returns: how many entries it brings.
  package static func entries(in source: some ByteSource) throws -> Int64 {
    var reader = BundleReader(source)
    try reader.magic()
    let manifest = try BundleManifest(text: reader.section(.manifest))
    _ = try KeyHistory(bytes: reader.section(.keys))
    var count: Int64 = 0
    for _ in 0..<manifest.logs { count += try log(&reader) }
    return count
  }

  private static func log(_ reader: inout BundleReader<some ByteSource>) throws -> Int64 {
    let log = try BundleLog(text: reader.section(.log))
    let layout = LedgerLayout.of(log.ledger)
    let size = try SignedCheckpoint(bytes: reader.section(.checkpoint)).checkpoint.size
    for _ in 0..<log.earlier { _ = (try reader.section(.earlier), try reader.section(.consistency)) }
    var fields = LedgerScan.fields(for: layout)
    for tile in log.tiles {
      let block = try reader.block(tile, of: log, size: size)
      var start = 0
      for end in block.ends {
        try LedgerScan.scan(block.entries.span.extracting(start..<end), layout: layout, into: &fields)
        start = end
      }
    }
    return log.count
  }
}
