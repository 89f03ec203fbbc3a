import Evidence
import Kernel
import Testing

/// A small bundle of brand 1: three entries of the wallet's ledger and two of the operators' acts, after a rotation from key 1 to key 2. Each part
/// can be replaced by one that is wrong.
struct SampleBundle {
  struct Log {
    let ledger: Ledger
    let entries: [[UInt8]]
    let tree: ReferenceTree
    var checkpoint: SignedCheckpoint
    var earlier: [EarlierCheckpoint] = []
    /// What the bundle brings of it: all, unless said otherwise.
    var range: Range<Int>

    func node(_ node: MerkleNode) -> MerkleHash { tree.node(node) }
  }

  static let end = KeyHistoryTests.start.advanced(bySeconds: 3600)

  var manifest: BundleManifest
  var history: KeyHistory
  var logs: [Log]
  var sealer = SignedNoteTests.fixedKey(2)

  var wallet: Log {
    get { logs[1] }
    set { logs[1] = newValue }
  }

  init(walletEntries: [[UInt8]] = Self.walletEntries(), brand: Int64 = 1, operatorName text: String = "cordon.example") throws {
    let name = try #require(OperatorName(text))
    let scope = LogScope.brand(try #require(BrandID(brand)))
    history = try KeyHistoryTests.history(of: 2)
    manifest = try #require(BundleManifest(operatorName: name, scope: scope, from: KeyHistoryTests.start, to: Self.end, logs: 2))
    let audit = try Self.log(.adminAudit, Self.auditEntries(brand), scope, name, earlier: [])
    let wallet = try Self.log(.walletLedger, walletEntries, scope, name, earlier: [2].filter { $0 < walletEntries.count })
    logs = [audit, wallet]
  }

  static func log(_ ledger: Ledger, _ entries: [[UInt8]], _ scope: LogScope, _ name: OperatorName, earlier: [Int]) throws -> Log {
    let identity = try #require(LogIdentity(operatorName: name, scope: scope, ledger: ledger))
    let tree = ReferenceTree(entries.map { MerkleTree.leafHash(of: $0) })
    func checkpoint(_ size: Int, _ key: UInt8, _ time: Timestamp) throws -> SignedCheckpoint {
      let checkpoint = Checkpoint(origin: identity.origin, size: Int64(size), root: tree.root(size: size))
      return try SignedCheckpoint(signing: checkpoint, with: SignedNoteTests.fixedKey(key), at: time)
    }
    var log = Log(
      ledger: ledger, entries: entries, tree: tree, checkpoint: try checkpoint(entries.count, 2, end), range: 0..<entries.count)
    log.earlier = try earlier.map { size in
      EarlierCheckpoint(
        checkpoint: try checkpoint(size, 1, KeyHistoryTests.start.advanced(bySeconds: 10)),
        proof: ConsistencyProof(oldSize: Int64(size), newSize: Int64(entries.count), node: log.node))
    }
    return log
  }

  static func walletEntries(_ count: Int64 = 3, brand: Int64 = 1) -> [[UInt8]] {
    var previous = LedgerHash.genesis
    return (1...count).map { seq in
      let entry: LedgerEntry
      switch seq {
      case 1 where brand == 1: entry = LedgerEntryLayoutTests.first
      case 2 where brand == 1: entry = LedgerEntryLayoutTests.second
      default:
        entry = LedgerEntry(
          brand: brand, seq: seq, previous: previous, requestID: "default:bet-\(seq)", command: "authorize", transaction: nil, player: 7,
          account: "cash", currency: "EUR", amount: -25, balanceAfter: 475, createdAt: Timestamp(microseconds: 1_764_028_801_000_000 + seq))
      }
      previous = entry.hash
      return LedgerEntryLayout.bytes(of: entry)
    }
  }

  static func auditEntries(_ brand: Int64) throws -> [[UInt8]] {
    let layout = LedgerLayout.of(.adminAudit)
    var previous = LedgerHash.genesis
    return try (Int64(1)...2).map { number in
      let bytes = try layout.bytes(of: [
        .integer(brand), .integer(number), .bytes(previous.bytes), .integer(number * 10), .text("ops:alice"), .text("BRAND_CONFIG_SET"),
        .text("brand_config"), .text("limit"), .absent, .text(#"{"max": 1.50, "name": "a\"b"}"#), .text("INC-\(number)"), .absent,
        .integer(1_764_028_800_000_000 + number),
      ])
      previous = LedgerHash.digest(of: bytes)
      return bytes
    }
  }

  func bytes() throws -> [UInt8] {
    var writer = BundleWriter(manifest, history: history)
    var bytes = writer.head()
    for log in logs { bytes += try Self.section(of: log, &writer) }
    return bytes + (try writer.seal(with: sealer))
  }

  static func section(of log: Log, _ writer: inout BundleWriter) throws -> [UInt8] {
    let head = try #require(
      BundleLog(
        ledger: log.ledger, first: Int64(log.range.lowerBound), count: Int64(log.range.count), earlier: Int64(log.earlier.count)))
    return writer.log(head, checkpoint: log.checkpoint, earlier: log.earlier) + (try tiles(head.tiles, of: log, head, &writer))
  }

  static func tiles(_ tiles: Range<Int64>, of log: Log, _ head: BundleLog, _ writer: inout BundleWriter) throws -> [UInt8] {
    let size = log.checkpoint.checkpoint.size
    var bytes: [UInt8] = []
    for tile in tiles {
      let width = max(0, BundleLog.width(ofTile: tile, size: size))
      let leaves = log.tree.leaves[Int(tile) * 256..<min(Int(tile) * 256 + width, log.entries.count)]
      let entries = head.entries(inTile: tile).filter { $0 < log.entries.count }.map { log.entries[Int($0)] }
      bytes += writer.tile(
        try #require(Tile(Array(leaves))), proof: BundleLog.proof(ofTile: tile, size: size, node: log.node), entries: entries)
    }
    return bytes
  }

  static func trust(_ number: UInt8 = 2, policy: TrustPolicy? = nil, at time: Timestamp? = nil, seen: [SignedCheckpoint] = []) throws
    -> Trust
  {
    Trust(keys: [try KeyHistoryTests.vkey(number)], policy: policy, time: time, seen: seen)
  }

  static func report(_ bytes: [UInt8], _ trust: Trust? = nil) async throws -> VerificationReport {
    try await BundleVerifier(trust: trust ?? Self.trust()).verify(ByteArraySource(bytes))
  }
}
