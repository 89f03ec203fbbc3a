internal import Evidence
internal import Kernel
internal import Postgres

/// One bounded round of checking a brand, in one transaction that sees one moment: what is new, a part of what was checked before, and
/// whether what was found is still so.
struct WalletCheckRound: Sendable {
  /// What the round found out. It counts only once its transaction has committed.
  struct Outcome: Sendable {
    var isCaughtUp = false
    /// When the whole ledger had been checked last before this round.
    var caughtUpAt: Timestamp?
    var entryCount = 0
    var new: [WalletFinding] = []
    var resolved: [WalletFinding] = []
    var open: [WalletFindingKind: Int64] = [:]
    /// The known finding that was looked at last; 0 to begin anew.
    var recheckedTo: Int64 = 0
  }

  let limits: WalletCheckLimits
  private let examiner = WalletExaminer()
  private let memory = WalletFindingStore()

  init(limits: WalletCheckLimits) { self.limits = limits }

  /// - Parameter rechecked: the known finding after which to go on looking again.
  func run(afterFinding rechecked: Int64, _ transaction: BrandTransaction) async throws -> Outcome {
    var outcome = Outcome()
    guard var state = try await memory.claim(transaction) else {
      // Another checker has the brand; what it knows is shown here too.
      outcome.caughtUpAt = try await memory.state(transaction)?.caughtUpAt
      outcome.open = try await memory.counts(transaction)
      outcome.recheckedTo = rechecked
      return outcome
    }
    outcome.caughtUpAt = state.caughtUpAt
    try await recheck(after: rechecked, &outcome, transaction)
    var found = try await examiner.anchor(state.checked, transaction)
    if !found.isEmpty { state.restart() }
    found += try await readNew(&state, &outcome, transaction)
    // What was checked before can wait while commands are ahead.
    if state.isCaughtUp { found += try await sweep(&state, transaction) }
    for finding in found {
      let isNew = try await memory.keep(finding, openMax: limits.openFindingsMax, transaction)
      if isNew { outcome.new.append(finding) }
    }
    try await memory.save(state, transaction)
    outcome.isCaughtUp = state.isCaughtUp
    outcome.open = try await memory.counts(transaction)
    return outcome
  }

  private func recheck(after id: Int64, _ outcome: inout Outcome, _ transaction: BrandTransaction) async throws {
    let known = try await memory.open(after: id, limit: limits.recheckedFindings, transaction)
    var gone: [Int64] = []
    for item in known {
      let still = try await examiner.again(item.finding, transaction).contains { $0.identity == item.finding.identity }
      guard !still else { continue }
      gone.append(item.id)
      outcome.resolved.append(item.finding)
    }
    try await memory.resolve(gone, transaction)
    outcome.recheckedTo = Int64(known.count) < limits.recheckedFindings ? 0 : known.last?.id ?? 0
  }

  private func readNew(
    _ state: inout WalletCheckState, _ outcome: inout Outcome, _ transaction: BrandTransaction
  ) async throws -> [WalletFinding] {
    let stretch = try await examiner.stretch(after: state.checked, limit: limits.entries, transaction)
    state.checked = stretch.head
    state.isCaughtUp = Int64(stretch.entryCount) < limits.entries
    outcome.entryCount = stretch.entryCount
    var found = stretch.findings + (try await examiner.store.stale(stretch.touched, transaction))
    if state.isCaughtUp { found += try await examiner.head(transaction) }
    return found
  }

  private func sweep(_ state: inout WalletCheckState, _ transaction: BrandTransaction) async throws -> [WalletFinding] {
    let stretch = try await examiner.stretch(after: state.swept, limit: limits.sweptEntries, transaction)
    state.hasSweptEntries = Int64(stretch.entryCount) < limits.sweptEntries
    state.swept = state.hasSweptEntries ? .empty : stretch.head
    let players = try await examiner.store.players(after: state.sweptPlayer, limit: limits.sweptPlayers, transaction)
    state.hasSweptPlayers = Int64(players.count) < limits.sweptPlayers
    state.sweptPlayer = state.hasSweptPlayers ? 0 : players.last ?? 0
    return stretch.findings + (try await examiner.store.differences(of: players, transaction))
  }
}
