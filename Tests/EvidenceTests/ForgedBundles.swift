import Evidence
import Kernel
import Testing

/// Bundles that are wrong although whoever made them could sign, and what must be found.
struct ForgedBundles {
  let name: String
  let bytes: [UInt8]
  let finding: String

  static func all() throws -> [ForgedBundles] { try rearranged() + resigned() + ranges() + entries() }

  private static func rearranged() throws -> [ForgedBundles] {
    let parts = BundleParts(try SampleBundle(walletEntries: SampleBundle.walletEntries(5)).bytes())
    let (audit, wallet) = (parts.entries(of: 0), parts.entries(of: 1))
    func forged(_ name: String, _ finding: String, _ change: (inout [BundleParts.Section]) -> Void) -> ForgedBundles {
      ForgedBundles(name: name, bytes: parts.changed(change), finding: finding)
    }
    return [
      forged("swapped", "misplaced wallet_ledger 2 2 -") { $0.swapAt(wallet[1], wallet[2]) },
      forged("dropped", "missing wallet_ledger 5 5 -") { $0.remove(at: wallet[2]) },
      forged("doubled", "misplaced wallet_ledger 3 3 -") { $0.insert($0[wallet[1]], at: wallet[1]) },
      forged("one more", "extra wallet_ledger 6 6 -") { $0.insert($0[wallet[4]], at: wallet[4]) },
      forged("of another ledger", "changed admin_audit 1 1 -") { $0.swapAt(audit[0], wallet[0]) },
      forged("two tiles swapped", "wrong_proof admin_audit 1 2 -") { sections in
        let tiles = sections.indices.filter { sections[$0].kind == UInt8(ascii: "T") }
        let other = Array(sections[tiles[1]].bytes.prefix(5 + 64))
        sections[tiles[0]].bytes = Array(sections[tiles[0]].bytes.prefix(5)) + other.dropFirst(5)
      },
    ]
  }

  private static func resigned() throws -> [ForgedBundles] {
    var cases: [ForgedBundles] = []
    func add(_ name: String, _ finding: String, _ change: (inout SampleBundle) throws -> Void) throws {
      var sample = try SampleBundle()
      try change(&sample)
      cases.append(ForgedBundles(name: name, bytes: try sample.bytes(), finding: finding))
    }
    let stranger = SignedNoteTests.fixedKey(9)
    try add("sealed by a stranger", "wrong_seal - - - -") { $0.sealer = stranger }
    try add("sealed by the key before", "wrong_seal - - - -") { $0.sealer = SignedNoteTests.fixedKey(1) }
    try add("signed by a stranger", "unknown_signer wallet_ledger - - -") {
      $0.wallet.checkpoint = try SignedCheckpoint(signing: $0.wallet.checkpoint.checkpoint, with: stranger, at: SampleBundle.end)
    }
    try add("signed by the key before", "outside_key_time wallet_ledger - - -") {
      $0.wallet.checkpoint = try SignedCheckpoint(
        signing: $0.wallet.checkpoint.checkpoint, with: SignedNoteTests.fixedKey(1), at: SampleBundle.end)
    }
    try add("keys that nobody trusts", "untrusted - - - -") {
      $0.history = KeyHistory(first: try KeyRecord(first: stranger, of: $0.manifest.operatorName, from: KeyHistoryTests.start))
    }
    try add("an old checkpoint", "beyond_checkpoint wallet_ledger 3 3 -") {
      $0.wallet.checkpoint = $0.wallet.earlier[0].checkpoint
      $0.wallet.earlier = []
    }
    try add("an old log", "older_than_range wallet_ledger - - -") {
      let old = $0.wallet.earlier[0].checkpoint
      $0.wallet = try SampleBundle.log(
        .walletLedger, Array(SampleBundle.walletEntries().prefix(2)), $0.manifest.scope, $0.manifest.operatorName, earlier: [])
      $0.wallet.checkpoint = old
    }
    try add("a fork", "inconsistent wallet_ledger - - -") {
      let earlier = $0.wallet.earlier[0]
      let forked = Checkpoint(origin: earlier.checkpoint.checkpoint.origin, size: 2, root: MerkleTree.leafHash(of: [1]))
      let checkpoint = try SignedCheckpoint(signing: forked, with: SignedNoteTests.fixedKey(1), at: KeyHistoryTests.start)
      $0.wallet.earlier = [EarlierCheckpoint(checkpoint: checkpoint, proof: earlier.proof)]
    }
    try add("a brand's log in another's bundle", "wrong_log admin_audit - - -") { $0.logs[0] = try SampleBundle(brand: 2).logs[0] }
    try add("a brand's entries in another's log", "wrong_brand admin_audit 1 1 -") {
      $0.logs[0] = try SampleBundle.log(
        .adminAudit, SampleBundle.auditEntries(2), $0.manifest.scope, $0.manifest.operatorName, earlier: [])
    }
    return cases
  }

  private static func ranges() throws -> [ForgedBundles] {
    var sample = try SampleBundle(walletEntries: SampleBundle.walletEntries(700))
    return try [0..<700, 0..<1, 255..<257, 256..<512, 300..<301, 699..<700, 511..<700, 5..<5].map { range in
      sample.wallet.range = range
      return ForgedBundles(name: "\(range)", bytes: try sample.bytes(), finding: "verified")
    }
  }

  private static func entries() throws -> [ForgedBundles] {
    let entries = SampleBundle.walletEntries(300)
    let before = try LedgerEntryLayout.entry(from: entries[256])
    func entry(brand: Int64 = 1, seq: Int64 = 257, previous: LedgerHash) -> [UInt8] {
      LedgerEntryLayout.bytes(
        of: LedgerEntry(
          brand: brand, seq: seq, previous: previous, requestID: "x", command: "adjust", transaction: nil, player: nil, account: "house",
          currency: "EUR", amount: 1, balanceAfter: nil, createdAt: before.createdAt))
    }
    let forged: [(String, [UInt8], String)] = [
      ("changed", entry(previous: before.previous), "broken_chain wallet_ledger 258 258 -"),
      ("a chain begun anew", entry(previous: .genesis), "broken_chain wallet_ledger 257 257 -"),
      ("another number", entry(seq: 258, previous: before.previous), "wrong_number wallet_ledger 257 257 -"),
      ("another brand", entry(brand: 2, previous: before.previous), "wrong_brand wallet_ledger 257 257 -"),
      ("no entry", Array("anything".utf8), "not_an_entry wallet_ledger 257 257 -"),
    ]
    return try forged.map { name, entry, finding in
      var changed = entries
      changed[256] = entry
      return ForgedBundles(name: name, bytes: try SampleBundle(walletEntries: changed).bytes(), finding: finding)
    }
  }
}
