@testable import Wallet

/// Plays commands through the rules and keeps what a database would keep, so that the rules meet their own results.
struct RulesHistory {
  let rules: WalletRules
  private(set) var balances: [Bucket: Int64] = [:]
  private(set) var transactions: [String: WalletTransaction] = [:]
  private(set) var tombstones: Set<String> = []
  private(set) var brandSide: Int64 = 0
  private var count = 0

  init(rules: WalletRules) { self.rules = rules }

  /// - Parameter name: how the model calls the transaction that the command begins or means.
  /// - Returns: whether it was accepted; nil when its postings don't balance.
  mutating func play(_ name: String, _ action: WalletAction) -> Bool? {
    count += 1
    let snapshot = WalletSnapshot(
      player: .active, balances: balances, target: action.target == nil ? nil : transactions[name],
      rolledBackBefore: tombstones.contains(name))
    guard case .success(let decision) = rules.decide(action, on: snapshot, origin: RulesFixture.origin) else { return false }
    guard decision.postings.reduce(0, { $0 + $1.amount }) == 0 else { return nil }
    balances = decision.balances
    brandSide += decision.postings.filter { $0.account.bucket == nil }.reduce(0) { $0 + $1.amount }
    switch decision.change {
    case .insert(let transaction), .update(let transaction): transactions[name] = transaction
    case .tombstone: tombstones.insert(name)
    }
    return true
  }
}
