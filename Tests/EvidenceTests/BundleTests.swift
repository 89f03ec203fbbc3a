import Evidence
import Kernel
import Testing

/// What only the first verifier can judge; the rest is in ``AgreementTests``.
@Suite("Bundles")
struct BundleTests {
  /// What is found in a bundle: every finding, the last of which may have ended the reading.
  private func findings(_ sample: SampleBundle, _ trust: Trust? = nil) async throws -> [Finding] {
    try await SampleBundle.report(sample.bytes(), trust).findings
  }

  private func finding(_ code: FindingCode, _ ledger: Ledger? = .walletLedger, _ entries: ClosedRange<Int64>? = nil) -> Finding {
    Finding(code, ledger: ledger, entries: entries)
  }

  @Test("an untouched bundle is verified by whoever trusts one of its keys, and what can't be judged is said")
  func untouched() async throws {
    for key: UInt8 in [1, 2] {
      let report = try await SampleBundle.report(SampleBundle().bytes(), SampleBundle.trust(key))
      #expect(report.findings == [] && report.isVerified)
      #expect(report.logs.map(\.log.ledger) == [.adminAudit, .walletLedger] && report.logs.map(\.key) == [2, 2])
      for verdict in Verdict.allCases where verdict != .splitView { #expect(report.state(of: verdict) == .passed, "\(verdict)") }
      #expect(report.state(of: .splitView).name == "not_judged")
    }
  }

  @Test("a part of a log over many tiles is verified by its own hashes, wherever it begins and ends")
  func ranges() async throws {
    let entries = SampleBundle.walletEntries(700)
    var sample = try SampleBundle(walletEntries: entries)
    for range in [0..<700, 0..<1, 255..<257, 256..<512, 300..<301, 699..<700, 511..<700, 5..<5] {
      sample.wallet.range = range
      #expect(try await findings(sample) == [], "\(range)")
    }
    sample.wallet.range = 256..<600
    var bytes = try sample.bytes()
    let place = try #require(bytes.firstRange(of: Array("default:bet-400".utf8))?.lowerBound)
    bytes[place] ^= 1
    #expect(try await SampleBundle.report(bytes).findings == [finding(.changed, .walletLedger, 400...400)])
  }

  @Test("a checkpoint that is too old for the moment of the question is stale")
  func stale() async throws {
    let sample = try SampleBundle()
    #expect(try await findings(sample, SampleBundle.trust(at: SampleBundle.end.advanced(bySeconds: 86_400))) == [])
    let late = try await findings(sample, SampleBundle.trust(at: SampleBundle.end.advanced(bySeconds: 86_401)))
    #expect(late == [finding(.stale, .adminAudit), finding(.stale, .walletLedger)])
  }

  @Test("a checkpoint from elsewhere with another root proves a split view, at any size that the bundle covers")
  func splitView() async throws {
    let sample = try SampleBundle(walletEntries: SampleBundle.walletEntries(600))
    let origin = sample.wallet.checkpoint.checkpoint.origin
    func seen(_ size: Int, _ root: MerkleHash) throws -> SignedCheckpoint {
      try SignedCheckpoint(
        signing: Checkpoint(origin: origin, size: Int64(size), root: root), with: SignedNoteTests.fixedKey(1), at: KeyHistoryTests.start)
    }
    for size in [1, 2, 255, 256, 257, 512, 599, 600] {
      let same = try await SampleBundle.report(
        sample.bytes(), SampleBundle.trust(seen: [seen(size, sample.wallet.tree.root(size: size))]))
      #expect(same.findings == [] && same.state(of: .splitView) == .passed, "\(size)")
      let other = try await findings(sample, SampleBundle.trust(seen: [seen(size, MerkleTree.leafHash(of: [1]))]))
      #expect(other == [finding(.contradictsSeen, .walletLedger, 1...Int64(size))], "\(size)")
    }
    let larger = try await findings(sample, SampleBundle.trust(seen: [seen(601, MerkleTree.leafHash(of: [1]))]))
    #expect(larger == [finding(.behindSeen, .walletLedger, 601...601)])
  }

  @Test("with a policy, every checkpoint needs its quorum of witnesses")
  func witnesses() async throws {
    var sample = try SampleBundle()
    let policy = try TrustPolicyTests.policy("group g 1 w1 w2\nquorum g")
    for index in sample.logs.indices {
      let text = sample.logs[index].checkpoint.note.text
      let witness = try TrustPolicyTests.witness(1)
      sample.logs[index].checkpoint = try sample.logs[index].checkpoint.adding([
        try witness.key.cosign(text, as: witness.name, atSeconds: 1_764_032_401)
      ])
    }
    let earlier = try await findings(sample, SampleBundle.trust(policy: policy))
    #expect(earlier == [finding(.noQuorum)])
    sample.wallet.earlier = []
    let report = try await SampleBundle.report(sample.bytes(), SampleBundle.trust(policy: policy))
    #expect(report.findings == [] && report.state(of: .splitView) == .passed)
    #expect(
      try await findings(sample, SampleBundle.trust(policy: TrustPolicyTests.policy("quorum w3"))).map(\.code) == [.noQuorum, .noQuorum])
  }
}
