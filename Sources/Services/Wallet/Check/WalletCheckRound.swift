internal import Evidence
internal import Kernel
internal import Postgres

/// The bounded steps of checking a brand, each within one transaction.
struct WalletCheckRound: Sendable {
  /// What a step found out. It counts only once its transaction has committed.
  struct Outcome: Sendable {
    var isCaughtUp = false
    /// When the whole ledger had been checked last before this step.
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

  /// Checks what is new. Everything is read of one moment (`REPEATABLE READ`), so that commands under way raise no false alarm.
  func checkNew(_ transaction: BrandTransaction) async throws -> Outcome {
    var outcome = Outcome()
    guard var state = try await memory.claim(.progress, transaction) else {
      // Another checker has the brand; what it knows is shown here too.
      outcome.caughtUpAt = try await memory.state(transaction)?.caughtUpAt
      outcome.open = try await memory.counts(transaction)
      return outcome
    }
    outcome.caughtUpAt = state.caughtUpAt
    var found = try await examiner.anchor(state.checked, transaction)
    if !found.isEmpty { state.checked = .empty }
    let stretch = try await examiner.stretch(after: state.checked, limit: limits.entries, transaction)
    state.checked = stretch.head
    state.isCaughtUp = Int64(stretch.entryCount) < limits.entries
    found += stretch.findings + (try await examiner.store.stale(stretch.touched, transaction))
    if state.isCaughtUp { found += try await examiner.head(transaction) }
    outcome.new = try await keep(found, transaction)
    try await memory.saveProgress(state, transaction)
    outcome.isCaughtUp = state.isCaughtUp
    outcome.entryCount = stretch.entryCount
    outcome.open = try await memory.counts(transaction)
    return outcome
  }

  /// Reads a part of what was checked before, and looks again at what was found.
  ///
  /// Each statement is right by itself, so that `READ COMMITTED` does: entries never change, and a player's buckets and sums are compared in one
  /// statement. It may take long, for a player with very many entries, and keeps nobody from checking what is new.
  ///
  /// - Parameter rechecked: the known finding after which to go on looking again.
  func sweep(afterFinding rechecked: Int64, _ transaction: BrandTransaction) async throws -> Outcome? {
    guard var state = try await memory.claim(.sweep, transaction) else { return nil }
    var outcome = Outcome()
    try await recheck(after: rechecked, &outcome, transaction)
    outcome.new = try await keep(try await sweepEntries(&state, transaction) + sweepPlayers(&state, transaction), transaction)
    try await memory.saveSweep(state, transaction)
    outcome.open = try await memory.counts(transaction)
    return outcome
  }

  private func keep(_ found: [WalletFinding], _ transaction: BrandTransaction) async throws -> [WalletFinding] {
    var new: [WalletFinding] = []
    for finding in found {
      let isNew = try await memory.keep(finding, openMax: limits.openFindingsMax, transaction)
      if isNew { new.append(finding) }
    }
    return new
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

  private func sweepEntries(_ state: inout WalletCheckState, _ transaction: BrandTransaction) async throws -> [WalletFinding] {
    // Where the sweep stands may have been written anew since; then it begins anew too, and meets that.
    let isThere = try await examiner.anchor(state.swept, transaction).isEmpty
    let stretch = try await examiner.stretch(after: isThere ? state.swept : .empty, limit: limits.sweptEntries, transaction)
    state.hasSweptEntries = Int64(stretch.entryCount) < limits.sweptEntries
    state.swept = state.hasSweptEntries ? .empty : stretch.head
    return stretch.findings
  }

  private func sweepPlayers(_ state: inout WalletCheckState, _ transaction: BrandTransaction) async throws -> [WalletFinding] {
    let players = try await examiner.store.players(after: state.sweptPlayer, limit: limits.sweptPlayers, transaction)
    state.hasSweptPlayers = Int64(players.count) < limits.sweptPlayers
    state.sweptPlayer = state.hasSweptPlayers ? 0 : players.last ?? 0
    return try await examiner.store.differences(of: players, transaction)
  }
}
