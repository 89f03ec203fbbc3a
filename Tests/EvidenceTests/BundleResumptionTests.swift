import Evidence
import Kernel
import Testing

@Suite("An export that was stopped")
struct BundleResumptionTests {
  @Test("wherever the file ends, going on writes the same bundle that was never stopped")
  func everyEnd() throws {
    let sample = try SampleBundle(walletEntries: SampleBundle.walletEntries(300))
    let whole = try sample.bytes()
    let ends = Set(stride(from: 0, to: whole.count, by: 997)).union(whole.count - 400..<whole.count)
    var resumed = 0
    for end in ends {
      guard let resumption = try BundleResumption(ByteArraySource(Array(whole[..<end])), sample.manifest, history: sample.history) else {
        // Only while not even the head was whole.
        #expect(end < 900, "\(end)")
        continue
      }
      resumed += 1
      #expect(resumption.byteCount <= end)
      #expect(try Self.finished(whole[..<Int(resumption.byteCount)], resumption, sample) == whole, "\(end)")
    }
    #expect(resumed > 400)
  }

  @Test("a file of another question or with other keys, and one that isn't a bundle's beginning, is begun anew")
  func others() throws {
    let sample = try SampleBundle()
    let bytes = try Array(sample.bytes().dropLast(100))
    func resumption(_ bytes: [UInt8], _ manifest: BundleManifest? = nil, _ history: KeyHistory? = nil) throws -> BundleResumption? {
      try BundleResumption(ByteArraySource(bytes), manifest ?? sample.manifest, history: history ?? sample.history)
    }
    #expect(try resumption(bytes) != nil)
    let later = BundleManifest(
      operatorName: sample.manifest.operatorName, scope: sample.manifest.scope, from: KeyHistoryTests.start,
      to: SampleBundle.end.advanced(bySeconds: 1),
      logs: 2)
    #expect(try resumption(bytes, later) == nil)
    #expect(try resumption(bytes, nil, KeyHistoryTests.history(of: 3)) == nil)
    #expect(try resumption([]) == nil && resumption(Array("cordon".utf8)) == nil && resumption([UInt8](repeating: 7, count: 500)) == nil)
    let place = try #require(bytes.firstRange(of: Array("ledger wallet".utf8))?.lowerBound)
    var broken = bytes
    broken[place] ^= 1
    #expect(try resumption(broken) == nil)
  }

  private static func finished(_ start: ArraySlice<UInt8>, _ resumption: BundleResumption, _ sample: SampleBundle) throws -> [UInt8] {
    var writer = resumption.writer
    var bytes = Array(start)
    if let log = resumption.log {
      #expect(resumption.checkpoint == sample.logs[Int(resumption.logs) - 1].checkpoint)
      bytes += try SampleBundle.tiles(resumption.tiles, of: sample.logs[Int(resumption.logs) - 1], log, &writer)
    }
    for log in sample.logs.dropFirst(Int(resumption.logs)) { bytes += try SampleBundle.section(of: log, &writer) }
    return bytes + (try writer.seal(with: sample.sealer))
  }
}
