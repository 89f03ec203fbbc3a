import Evidence
import Kernel
import Testing

@Suite("An export that was stopped")
struct BundleResumptionTests {
  private static func sample() throws -> (SampleBundle, BundlePlan) {
    var sample = try SampleBundle(walletEntries: SampleBundle.walletEntries(300))
    sample.wallet.earlier = []
    return (sample, try plan(of: sample))
  }

  private static func plan(of sample: SampleBundle) throws -> BundlePlan {
    let logs = try sample.logs.map { log in
      BundlePlan.Log(
        try #require(BundleLog(ledger: log.ledger, first: Int64(log.range.lowerBound), count: Int64(log.range.count), earlier: 0)),
        log.checkpoint)
    }
    return BundlePlan(question: "brand/1 all", manifest: sample.manifest, history: sample.history, logs: logs)
  }

  @Test("S4-EXP-05 wherever the file ends, going on writes the same bundle that was never stopped")
  func everyEnd() throws {
    let (sample, plan) = try Self.sample()
    let whole = try sample.bytes()
    let ends = Set(stride(from: 0, to: whole.count, by: 997)).union(whole.count - 400...whole.count).union(0..<40)
    for end in ends {
      let resumption = try BundleResumption(ByteArraySource(Array(whole[..<end])), of: plan)
      #expect(resumption.byteCount <= end)
      #expect(try Self.finished(whole[..<Int(resumption.byteCount)], resumption, sample) == whole, "\(end)")
    }
  }

  @Test("a changed byte of what is kept is refused with its place; one that isn't kept changes nothing")
  func changed() throws {
    let (sample, plan) = try Self.sample()
    let whole = try sample.bytes()
    let begun = Array(whole[..<(whole.count - 300)])
    var refused = 0
    for place in stride(from: 0, to: begun.count, by: 61) {
      var bytes = begun
      bytes[place] ^= 1
      do {
        let resumption = try BundleResumption(ByteArraySource(bytes), of: plan)
        #expect(resumption.byteCount <= place)
        #expect(try Self.finished(bytes[..<Int(resumption.byteCount)], resumption, sample) == whole, "\(place)")
      } catch let finding as Finding {
        refused += 1
        #expect(finding.byte != nil || finding.entries != nil, "\(finding)")
      }
    }
    #expect(refused > begun.count / 61 / 2)
  }

  @Test("a file of another question or with other keys, and one that isn't a bundle's beginning, is refused")
  func others() throws {
    let (sample, plan) = try Self.sample()
    let bytes = Array(try sample.bytes().dropLast(100))
    var later = sample
    later.manifest = try #require(
      BundleManifest(
        operatorName: sample.manifest.operatorName, scope: sample.manifest.scope, from: KeyHistoryTests.start,
        to: SampleBundle.end.advanced(bySeconds: 1), logs: 2))
    var rotated = sample
    rotated.history = try KeyHistoryTests.history(of: 3)
    var shorter = try SampleBundle(walletEntries: SampleBundle.walletEntries(299))
    shorter.wallet.earlier = []
    for other in [later, rotated, shorter] {
      let plan = try Self.plan(of: other)
      #expect(throws: Finding.self) { try BundleResumption(ByteArraySource(bytes), of: plan) }
    }
    #expect(throws: Finding.self) { try BundleResumption(ByteArraySource([UInt8](repeating: 7, count: 500)), of: plan) }
    #expect(throws: Finding.self) { try BundleResumption(ByteArraySource(Array("cordon-bundle 2".utf8)), of: plan) }
  }

  @Test("what is remembered of an export is read as it was written; every changed byte is refused, or is another plan")
  func remembered() throws {
    let (_, plan) = try Self.sample()
    #expect(try BundlePlan(bytes: plan.bytes) == plan)
    for place in plan.bytes.indices {
      var bytes = plan.bytes
      bytes[place] ^= 1
      let read = try? BundlePlan(bytes: bytes)
      #expect(read != plan, "\(place)")
    }
    for end in plan.bytes.indices where end.isMultiple(of: 7) {
      let read = try? BundlePlan(bytes: Array(plan.bytes[..<end]))
      #expect(read != plan, "\(end)")
    }
  }

  private static func finished(_ start: ArraySlice<UInt8>, _ resumption: BundleResumption, _ sample: SampleBundle) throws -> [UInt8] {
    var writer = resumption.writer
    var bytes = Array(start)
    if bytes.isEmpty { bytes = writer.head() }
    if resumption.logs > 0 {
      let log = sample.logs[resumption.logs - 1]
      let head = try #require(
        BundleLog(ledger: log.ledger, first: Int64(log.range.lowerBound), count: Int64(log.range.count), earlier: 0))
      bytes += try SampleBundle.tiles(resumption.tiles, of: log, head, &writer)
    }
    for log in sample.logs.dropFirst(resumption.logs) { bytes += try SampleBundle.section(of: log, &writer) }
    return bytes + (try writer.seal(with: sample.sealer))
  }
}
