internal import Evidence
package import Kernel
package import Postgres

/// An operator's check of a brand's money. Changes nothing.
///
/// It reads in pieces, each in a transaction of its own, so that it holds nothing up however long it takes. Entries never change, so that
/// pieces of the ledger fit together; the buckets of a player and their sums are compared in one statement.
package struct WalletCheck: Sendable {
  private static let entriesAtOnce: Int64 = 5000
  private static let playersAtOnce: Int64 = 200
  private static let deadline: Duration = .seconds(300)

  private let database: Database
  private let examiner = WalletExaminer()
  private let memory = WalletFindingStore()

  package init(database: Database) { self.database = database }

  /// - Parameters:
  ///   - isFull: everything from the first entry on and every player's buckets; otherwise what the worker has not checked yet, and what it
  ///     has found.
  ///   - progress: called after each piece.
  package func run(
    _ brand: BrandID, isFull: Bool, progress: @Sendable (WalletCheckReport) -> Void
  ) async throws -> WalletCheckReport {
    var report = WalletCheckReport()
    let state = try await transact(brand) { try await memory.state($0) }
    report.add(try await known(brand))
    if let state { report.add(try await transact(brand) { try await examiner.anchor(state.checked, $0) }) }
    try await readEntries(brand, after: isFull ? .empty : state?.checked ?? .empty, &report, progress)
    if isFull { try await comparePlayers(brand, &report, progress) }
    report.add(try await transact(brand) { try await examiner.head($0) })
    return report
  }

  private func readEntries(
    _ brand: BrandID, after start: LedgerHead, _ report: inout WalletCheckReport, _ progress: @Sendable (WalletCheckReport) -> Void
  ) async throws {
    // What comes in meanwhile is for the next check, so that a busy brand's comes to an end.
    let end = try await transact(brand) { try await examiner.store.heads($0).ledger.seq }
    var head = start
    report.lastEntry = start.seq
    while head.seq < end {
      let stretch = try await transact(brand) { transaction in
        var stretch = try await examiner.stretch(after: head, limit: Self.entriesAtOnce, transaction)
        stretch.findings += try await examiner.store.stale(stretch.touched, transaction)
        return stretch
      }
      guard stretch.entryCount > 0 else { break }
      report.add(stretch.findings)
      report.entryCount += Int64(stretch.entryCount)
      head = stretch.head
      report.lastEntry = head.seq
      progress(report)
    }
  }

  private func comparePlayers(
    _ brand: BrandID, _ report: inout WalletCheckReport, _ progress: @Sendable (WalletCheckReport) -> Void
  ) async throws {
    var last: Int64 = 0
    while true {
      let (players, found) = try await transact(brand) { transaction in
        let players = try await examiner.store.players(after: last, limit: Self.playersAtOnce, transaction)
        return (players, try await examiner.store.differences(of: players, transaction))
      }
      guard let reached = players.last else { return }
      report.add(found)
      report.playerCount += Int64(players.count)
      last = reached
      progress(report)
    }
  }

  /// What the worker has found and what is still so.
  private func known(_ brand: BrandID) async throws -> [WalletFinding] {
    try await transact(brand) { transaction in
      var found: [WalletFinding] = []
      for known in try await memory.open(after: 0, limit: WalletCheckLimits().openFindingsMax, transaction) {
        found += try await examiner.again(known.finding, transaction).filter { $0.identity == known.finding.identity }
      }
      return found
    }
  }

  private func transact<Value: Sendable>(
    _ brand: BrandID, _ body: (BrandTransaction) async throws -> Value
  ) async throws -> Value {
    try await database.withBrand(brand, isolation: .repeatableRead, deadline: Self.deadline, body)
  }
}
