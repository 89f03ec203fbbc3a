import Kernel
import Testing

@testable import Wallet

/// A brand with two buckets: bets take bonus money first, only cash can be withdrawn, and money may be transferred from cash to bonus alone.
/// The provider `mg` has no agreement of its own, `strict` has the opposite of it.
enum RulesFixture {
  static let cash = bucket("cash")
  static let bonus = bucket("bonus")
  static let origin = WalletOrigin(id: "new", at: Timestamp(seconds: 1_700_000_000))

  static let rules = WalletRules(topology: topology(), policy: policy())
  /// As ``rules``, but bets may win more than once.
  static let manyWins = WalletRules(topology: topology(), policy: policy(settleMany: true))
  /// As ``rules``, but the brand has no bucket for bonuses.
  static let withoutBonuses = WalletRules(topology: topology(bonus: nil), policy: policy())
  /// Wins, conversions and rewards each have a bucket of their own.
  static let apart = WalletRules(
    topology: WalletTopology(
      buckets: [cash, bonus, bucket("own"), bucket("gift")], withdrawOrder: [cash], betOrder: [cash], depositBucket: cash, winBucket: cash,
      bonusBucket: bonus, conversionBucket: bucket("own"), rewardBucket: bucket("gift")), policy: WalletPolicy(limits: [:]))

  private static func topology(bonus bonusBucket: Bucket? = bonus) -> WalletTopology {
    WalletTopology(
      buckets: [cash, bonus], withdrawOrder: [cash], betOrder: [bonus, cash], depositBucket: cash, winBucket: cash,
      bonusBucket: bonusBucket)
  }

  private static func policy(settleMany: Bool? = nil) -> WalletPolicy {
    WalletPolicy(
      limits: [
        "authorize": .init(min: 10, max: 5_000), "withdraw_request": .init(min: 100, max: 1_000_000),
        "bonus_grant": .init(min: 1, max: 900),
        "rebate": .init(min: 1, max: 900), "cashback": .init(min: 1, max: 900), "lossback": .init(min: 1, max: 900),
        "transfer": .init(min: 5, max: 900),
      ],
      transfers: [.init(from: "cash", to: "bonus")], settleMany: settleMany,
      providers: ["strict": ProviderAgreement(unknownRollback: .refuse, rollbackAfterSettle: .reverse)])
  }

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

  static func bet(
    _ state: WalletTransaction.State, parts: [BucketAmount], won: Int64 = 0, provider: String = "mg"
  ) -> WalletTransaction {
    WalletTransaction(
      id: "bet", createdAt: origin.at, kind: .bet, state: state, amount: parts.reduce(0) { $0 + $1.amount }, settledAmount: won,
      provider: provider, reference: "1", parts: parts)
  }

  static func bonus(_ state: WalletTransaction.State, amount: Int64) -> WalletTransaction {
    WalletTransaction(id: "bonus", createdAt: origin.at, kind: .bonus, state: state, amount: amount, requirement: 10 * amount)
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
