internal import Kernel
internal import Postgres

/// Whether a version may follow the active one, with the money and the other document as they are.
struct WalletActivationJudge: Sendable {
  let kind: WalletDocumentKind
  private let holdings = WalletHoldingsStore()

  init(kind: WalletDocumentKind) { self.kind = kind }

  /// - Throws: `activation_refused` with every fault.
  func admit(_ wanted: WalletDocumentVersion, after active: WalletDocumentVersion?, _ transaction: BrandTransaction) async throws {
    var faults = try await documentFaults(wanted, transaction)
    if kind == .topology {
      let change = WalletTopologyChange(from: active?.document, to: wanted.document)
      // Commands wait only where it matters to them, and not for a document that is refused in any case.
      if faults.isEmpty, Self.takesAway(change, active) { try await WalletDocumentLock().takeFromCommands(transaction) }
      faults += try await moneyFaults(change, active, transaction)
    }
    guard faults.isEmpty else { throw Problem(.activationRefused, faults: faults) }
  }

  func check(
    _ wanted: WalletDocumentVersion, after active: WalletDocumentVersion?, rowsMax: Int64, _ transaction: BrandTransaction
  ) async throws -> WalletDocumentCheck {
    var faults = try await documentFaults(wanted, transaction)
    guard kind == .topology else {
      return WalletDocumentCheck(version: wanted, activeVersion: active?.version, faults: faults, change: nil, holdings: nil)
    }
    let change = WalletTopologyChange(from: active?.document, to: wanted.document)
    let held = try await holdings.holdings(under: change, rowsMax: rowsMax, transaction)
    let stranded = held.totals.filter { $0.players > 0 && Self.isLost($0.bucket, change, active) }
    faults += Self.faults(of: stranded) + (try await openFaults(change, transaction))
    return WalletDocumentCheck(version: wanted, activeVersion: active?.version, faults: faults, change: change, holdings: held)
  }

  private func documentFaults(_ wanted: WalletDocumentVersion, _ transaction: BrandTransaction) async throws -> [Problem.Fault] {
    let own = WalletDocumentRules.faults(ofStored: wanted.document, kind)
    guard let other = try await WalletDocumentStore(kind: kind.other).active(transaction) else { return own }
    return own
      + (kind == .topology
        ? WalletDocumentRules.contradictions(topology: wanted.document, policy: other.document)
        : WalletDocumentRules.contradictions(topology: other.document, policy: wanted.document))
  }

  private func moneyFaults(
    _ change: WalletTopologyChange, _ active: WalletDocumentVersion?, _ transaction: BrandTransaction
  ) async throws -> [Problem.Fault] {
    guard Self.takesAway(change, active) else { return [] }
    let stranded = try await holdings.stranded(outside: change.kept, transaction).filter { Self.isLost($0.bucket, change, active) }
    return Self.faults(of: stranded) + (try await openFaults(change, transaction))
  }

  private func openFaults(_ change: WalletTopologyChange, _ transaction: BrandTransaction) async throws -> [Problem.Fault] {
    var faults: [Problem.Fault] = []
    if !change.vanishing.isEmpty {
      faults = try await holdings.openStakes(in: change.vanishing, transaction).sorted { $0.key < $1.key }.map { bucket, count in
        .init(pointer: "/buckets", detail: "'\(bucket)' would vanish; \(count) open bets and withdrawals may return money to it")
      }
    }
    if let bucket = change.abandonedBonusBucket {
      let count = try await holdings.openBonuses(transaction)
      if count > 0 { faults.append(.init(pointer: "/bonus_bucket", detail: "\(count) granted bonuses are open in '\(bucket)'")) }
    }
    return faults
  }

  private static func faults(of stranded: [WalletHoldings.Total]) -> [Problem.Fault] {
    stranded.map {
      .init(pointer: "/buckets", detail: "'\($0.bucket)' would vanish; \($0.players) players hold \($0.amount) \($0.currency) in it")
    }
  }

  /// Where nothing is active, any money may be outside the new buckets.
  private static func takesAway(_ change: WalletTopologyChange, _ active: WalletDocumentVersion?) -> Bool {
    active == nil || !change.vanishing.isEmpty || change.abandonedBonusBucket != nil
  }

  /// Money in a bucket that the active topology lacks already is not made worse, and must not block the topology that mends it.
  private static func isLost(_ bucket: String, _ change: WalletTopologyChange, _ active: WalletDocumentVersion?) -> Bool {
    active == nil ? !change.kept.contains(bucket) : change.vanishing.contains(bucket)
  }
}
