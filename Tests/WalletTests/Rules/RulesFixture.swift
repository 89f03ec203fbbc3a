import Kernel
import Testing

@testable import Wallet

/// A brand with two buckets: bets take bonus money first, only cash can be withdrawn.
enum RulesFixture {
  static let cash = bucket("cash")
  static let bonus = bucket("bonus")
  static let origin = WalletOrigin(id: "new", at: Timestamp(seconds: 1_700_000_000))

  static let rules = WalletRules(
    topology: WalletTopology(
      buckets: [cash, bonus], withdrawOrder: [cash], betOrder: [bonus, cash], depositBucket: cash, winBucket: cash),
    policy: WalletPolicy(limits: ["authorize": .init(min: 10, max: 5_000), "withdraw_request": .init(min: 100, max: 1_000_000)]))

  static func bucket(_ name: String) -> Bucket {
    guard let bucket = Bucket(name) else { preconditionFailure("'\(name)' is not a bucket name") }
    return bucket
  }

  static func snapshot(
    cash: Int64 = 0, bonus: Int64 = 0, player: WalletSnapshot.PlayerStanding = .active, target: WalletTransaction? = nil,
    rolledBackBefore: Bool = false
  ) -> WalletSnapshot {
    WalletSnapshot(player: player, balances: [Self.cash: cash, Self.bonus: bonus], target: target, rolledBackBefore: rolledBackBefore)
  }

  static func bet(_ state: WalletTransaction.State, parts: [BucketAmount]) -> WalletTransaction {
    WalletTransaction(
      id: "bet", createdAt: origin.at, kind: .bet, state: state, amount: parts.reduce(0) { $0 + $1.amount }, provider: "mg", reference: "1",
      parts: parts)
  }

  static func withdrawal(_ state: WalletTransaction.State, amount: Int64) -> WalletTransaction {
    WalletTransaction(
      id: "withdrawal", createdAt: origin.at, kind: .withdraw, state: state, amount: amount,
      parts: [BucketAmount(bucket: cash, amount: amount)])
  }

  static func deposit(_ state: WalletTransaction.State, amount: Int64) -> WalletTransaction {
    WalletTransaction(id: "deposit", createdAt: origin.at, kind: .deposit, state: state, amount: amount)
  }
}
