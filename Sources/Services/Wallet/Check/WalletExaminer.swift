internal import Evidence
internal import Kernel
internal import Postgres

/// Puts the pure examination of entries together with what only the database can tell.
struct WalletExaminer: Sendable {
  let store = WalletCheckStore()

  /// What successive entries were found to be.
  struct Stretch: Sendable {
    var findings: [WalletFinding] = []
    var entryCount = 0
    /// The last entry that was read, by what it claims; where reading began when there was none.
    var head: LedgerHead
    var touched: [LedgerBucket] = []
  }

  /// Examines the entries behind `head`.
  func stretch(after head: LedgerHead, limit: Int64, _ transaction: BrandTransaction) async throws -> Stretch {
    var examination = LedgerExamination(after: head)
    for entry in try await store.entries(after: head.seq, limit: limit, transaction) { examination.read(entry) }
    let openings = examination.openings
    examination.answer(try await store.held(openings.map(\.bucket), before: openings.map(\.seq), transaction))
    let unbalanced = try await store.unbalanced(examination.openRequests, transaction)
    return Stretch(
      findings: examination.findings + unbalanced, entryCount: examination.entryCount, head: examination.head,
      touched: examination.touched)
  }

  /// Whether the chain's head is the ledger's last entry.
  func head(_ transaction: BrandTransaction) async throws -> [WalletFinding] {
    let (ledger, chain) = try await store.heads(transaction)
    if ledger.seq != chain.seq { return [.head("the head says entry \(chain.seq), the ledger ends at entry \(ledger.seq)")] }
    return ledger == chain ? [] : [.head("the head has another hash than entry \(ledger.seq)")]
  }

  /// Whether the entry that was checked last still is what it was.
  func anchor(_ head: LedgerHead, _ transaction: BrandTransaction) async throws -> [WalletFinding] {
    guard head.seq > 0 else { return [] }
    let hash = try await store.hash(of: head.seq, transaction)
    guard hash != head.hash else { return [] }
    let now = hash.map { "its row_hash is \($0) now" } ?? "it is gone"
    return [.entry(.historyRewritten, head.seq, "it was checked with row_hash \(head.hash); \(now)", expected: head.hash)]
  }

  /// What is wrong now in the place of a finding.
  func again(_ finding: WalletFinding, _ transaction: BrandTransaction) async throws -> [WalletFinding] {
    switch finding.place {
    case .head: return try await head(transaction)
    case .request(let request): return try await store.unbalanced([request], transaction)
    case .player(let player): return try await store.differences(of: [player], transaction)
    case .entry(let seq):
      if let expected = finding.expected { return try await anchor(LedgerHead(seq: seq, hash: expected), transaction) }
      return try await entry(seq, transaction)
    }
  }

  /// What is wrong with one entry beside the one before it.
  private func entry(_ seq: Int64, _ transaction: BrandTransaction) async throws -> [WalletFinding] {
    guard let stored = try await store.entries(after: seq - 1, limit: 1, transaction).first, stored.entry.seq == seq else {
      return [.entry(.entryMissing, seq, "it is not there")]
    }
    let before = seq == 1 ? LedgerHead.empty.hash : try await store.hash(of: seq - 1, transaction)
    // Without the one before it nothing can be said of the link; that one's absence is a finding of its own.
    let head = LedgerHead(seq: seq - 1, hash: before ?? stored.entry.previous)
    return try await stretch(after: head, limit: 1, transaction).findings
  }
}
