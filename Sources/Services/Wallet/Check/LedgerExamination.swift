internal import Evidence

/// Reads successive entries of a brand's ledger and collects what is wrong with them. Pure: what only the database can tell is left as a
/// question (``openRequests``, ``openings``).
///
/// A fault doesn't end it. It goes on from what the faulty entry claims, so that one changed entry is one finding and not a thousand.
struct LedgerExamination {
  struct Sum: Hashable, Sendable {
    let request: String
    let currency: String
  }

  /// What a bucket held before the first entry of it that was read.
  struct Opening: Sendable {
    let bucket: LedgerBucket
    let seq: Int64
    /// Nil when no number fits.
    let claimed: Int64?
  }

  /// The last entry that was read, by what it claims.
  private(set) var head: LedgerHead
  private(set) var findings: [WalletFinding] = []
  private(set) var entryCount = 0
  private(set) var openings: [Opening] = []
  private var sums: [Sum: Int128] = [:]
  private var balances: [LedgerBucket: Int64] = [:]

  init(after head: LedgerHead) { self.head = head }

  /// Commands whose entries, as far as they were read, don't sum to zero: they are wrong, or go on before or behind what was read.
  var openRequests: [String] { Set(sums.filter { $0.value != 0 }.keys.map(\.request)).sorted() }

  /// Buckets that the entries touched.
  var touched: [LedgerBucket] { openings.map(\.bucket) }

  mutating func read(_ stored: StoredLedgerEntry) {
    link(stored)
    sums[Sum(request: stored.entry.requestID, currency: stored.entry.currency), default: 0] += Int128(stored.entry.amount)
    if let bucket = stored.bucket, let balance = stored.entry.balanceAfter { step(bucket, to: balance, stored.entry) }
    entryCount += 1
  }

  private mutating func link(_ stored: StoredLedgerEntry) {
    var before = head
    if stored.entry.seq > head.seq + 1 {
      let last = stored.entry.seq - 1
      findings.append(
        .entry(.entryMissing, head.seq + 1, last == head.seq + 1 ? "it is not there" : "it is not there, nor any up to entry \(last)"))
      // Whether this entry continues one that isn't there can't be known.
      before = LedgerHead(seq: last, hash: stored.entry.previous)
    }
    do throws(LedgerChainFault) {
      head = try before.following(stored.entry, claimed: stored.claimed)
    } catch {
      findings.append(Self.finding(error))
      head = LedgerHead(seq: stored.entry.seq, hash: stored.claimed)
    }
  }

  private static func finding(_ fault: LedgerChainFault) -> WalletFinding {
    switch fault {
    case .gap(let expected, let found): .entry(.entryMissing, expected, "entry \(found) stands in its place")
    case .brokenLink(let seq): .entry(.chainBroken, seq, "it does not continue entry \(seq - 1): one of the two was changed")
    case .wrongHash(let seq): .entry(.entryChanged, seq, "its row_hash is not the hash of its columns")
    }
  }

  private mutating func step(_ bucket: LedgerBucket, to balance: Int64, _ entry: LedgerEntry) {
    let (before, overflow) = balance.subtractingReportingOverflow(entry.amount)
    if let known = balances[bucket] {
      if overflow || before != known { findings.append(Self.wrongStep(entry, balance, before: known)) }
    } else {
      openings.append(Opening(bucket: bucket, seq: entry.seq, claimed: overflow ? nil : before))
    }
    balances[bucket] = balance
  }

  /// - Parameter held: what each bucket really held before it was touched.
  mutating func answer(_ held: [LedgerBucket: Int64]) {
    for opening in openings where opening.claimed != held[opening.bucket] ?? 0 {
      findings.append(
        .entry(
          .runningBalance, opening.seq,
          "before it the bucket held \(held[opening.bucket] ?? 0), but it counts on from \(opening.claimed.map { "\($0)" } ?? "no number")")
      )
    }
  }

  private static func wrongStep(_ entry: LedgerEntry, _ balance: Int64, before: Int64) -> WalletFinding {
    .entry(.runningBalance, entry.seq, "the bucket held \(before) before it and \(entry.amount) moved, but it says \(balance) afterwards")
  }
}
