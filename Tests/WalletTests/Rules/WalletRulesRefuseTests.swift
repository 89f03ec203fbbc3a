import Kernel
import Testing

@testable import Wallet

@Suite("What the wallet rules refuse, in the order of the refusals")
struct WalletRulesRefuseTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let action: WalletAction
    let snapshot: WalletSnapshot
    let refusal: WalletRefusal
    var rules = RulesFixture.rules
  }

  private static let bet = WalletAction.authorize(amount: 100, provider: "mg", reference: "1", round: nil)
  private static let win = WalletAction.settle(amount: 100, provider: "mg", reference: "1")
  private static let back = WalletAction.rollback(provider: "mg", reference: "1")
  private static let parts = [BucketAmount(bucket: RulesFixture.cash, amount: 100)]

  private static func row(_ description: String, _ action: WalletAction, _ snapshot: WalletSnapshot, _ refusal: WalletRefusal) -> Row {
    Row(testDescription: description, action: action, snapshot: snapshot, refusal: refusal)
  }

  static let rows = olderRows + bonusRows + rewardRows + betRows

  private static let grant = WalletAction.bonusGrant(amount: 100, requirement: 1_000)
  private static let gold = RulesFixture.bucket("gold")
  private static let toBonus = WalletAction.transfer(amount: 100, from: RulesFixture.cash, to: RulesFixture.bonus)
  private static let granted = RulesFixture.bonus(.granted, amount: 100)

  private static func move(_ amount: Int64, _ from: Bucket, _ to: Bucket) -> WalletAction { .transfer(amount: amount, from: from, to: to) }

  private static let bonusRows: [Row] =
    [
      row("a bonus for nobody", grant, RulesFixture.snapshot(player: .absent), .playerNotFound),
      row("a bonus for a suspended player", grant, RulesFixture.snapshot(player: .suspended), .playerSuspended),
      row("a bonus of nothing", .bonusGrant(amount: 0, requirement: 0), RulesFixture.snapshot(), .amountOutOfRange),
      row("a bonus with a turnover below zero", .bonusGrant(amount: 5, requirement: -1), RulesFixture.snapshot(), .amountOutOfRange),
      row("a bonus above the policy", .bonusGrant(amount: 901, requirement: 0), RulesFixture.snapshot(), .limitExceeded),
      row("a bonus bucket that leaves Int64", grant, RulesFixture.snapshot(bonus: .max), .amountOutOfRange),
      Row(
        testDescription: "a bonus above the policy, of a brand without a bucket for it", action: .bonusGrant(amount: 901, requirement: 0),
        snapshot: RulesFixture.snapshot(), refusal: .unknownBucket, rules: RulesFixture.withoutBonuses),
    ]
    + [WalletAction.bonusConvert(transaction: "bonus"), .bonusForfeit(transaction: "bonus"), .rollingComplete(transaction: "bonus")].flatMap
  {
    closing in
    [
      row("\(closing.name) for nobody", closing, RulesFixture.snapshot(player: .absent, target: granted), .playerNotFound),
      row("\(closing.name) of no bonus", closing, RulesFixture.snapshot(bonus: 100), .transactionNotFound),
      row(
        "\(closing.name) of a deposit", closing, RulesFixture.snapshot(bonus: 100, target: RulesFixture.deposit(.approved, amount: 1)),
        .transactionNotFound),
      Row(
        testDescription: "\(closing.name) of a brand that has no bucket for bonuses any more", action: closing,
        snapshot: RulesFixture.snapshot(target: granted), refusal: .unknownBucket, rules: RulesFixture.withoutBonuses),
    ]
      + [WalletTransaction.State.converted, .completed, .forfeited].map { state in
        row(
          "\(closing.name) of a bonus that is \(state)", closing,
          RulesFixture.snapshot(bonus: 100, target: RulesFixture.bonus(state, amount: 100)), .transactionClosed)
      }
  } + [
    row(
      "a conversion into a bucket that leaves Int64", .bonusConvert(transaction: "bonus"),
      RulesFixture.snapshot(cash: .max, bonus: 100, target: granted), .amountOutOfRange)
  ]

  private static let rewardRows: [Row] =
    [WalletAction.rebate(amount: 0), .cashback(amount: -1), .lossback(amount: Limits.amountMinorUnitsMax + 1)].map {
      row("\($0)", $0, RulesFixture.snapshot(), .amountOutOfRange)
    }
    + [WalletAction.rebate(amount: 901), .cashback(amount: 901), .lossback(amount: 901)].flatMap {
      [
        row("\($0) above the policy", $0, RulesFixture.snapshot(player: .suspended), .limitExceeded),
        row("\($0) for nobody", $0, RulesFixture.snapshot(player: .absent), .playerNotFound),
      ]
    } + [
      row("a transfer of nobody", toBonus, RulesFixture.snapshot(cash: 100, player: .absent), .playerNotFound),
      row("a transfer of a suspended player", toBonus, RulesFixture.snapshot(cash: 100, player: .suspended), .playerSuspended),
      row("a transfer of nothing", move(0, RulesFixture.cash, gold), RulesFixture.snapshot(cash: 100), .amountOutOfRange),
      row("a transfer below nothing", move(.min, RulesFixture.cash, RulesFixture.bonus), RulesFixture.snapshot(), .amountOutOfRange),
      row("a transfer to another brand's bucket", move(901, RulesFixture.cash, gold), RulesFixture.snapshot(cash: 901), .unknownBucket),
      row("a transfer from another brand's bucket", move(100, gold, RulesFixture.cash), RulesFixture.snapshot(cash: 100), .unknownBucket),
      row(
        "a transfer to where it comes from", move(100, RulesFixture.cash, RulesFixture.cash), RulesFixture.snapshot(cash: 100),
        .unknownBucket),
      row(
        "a transfer against the listed direction, above the policy", move(901, RulesFixture.bonus, RulesFixture.cash),
        RulesFixture.snapshot(bonus: 901), .transferNotAllowed),
      row(
        "a transfer above the policy and the balance", move(901, RulesFixture.cash, RulesFixture.bonus), RulesFixture.snapshot(),
        .limitExceeded),
      row("a transfer below the policy", move(4, RulesFixture.cash, RulesFixture.bonus), RulesFixture.snapshot(cash: 9), .limitExceeded),
      row("a transfer over the balance", toBonus, RulesFixture.snapshot(cash: 99, bonus: 99), .insufficientFunds),
    ]

  private static let strictBack = WalletAction.rollback(provider: "strict", reference: "1")

  private static let betRows: [Row] = [
    row(
      "a reversal of a win that the player no longer has, though the stake would cover it", strictBack,
      RulesFixture.snapshot(cash: 199, target: RulesFixture.bet(.settled, parts: parts, won: 200, provider: "strict")), .insufficientFunds),
    row(
      "a second reversal", strictBack,
      RulesFixture.snapshot(cash: 500, target: RulesFixture.bet(.rolledBack, parts: parts, won: 200, provider: "strict")),
      .alreadyRolledBack),
    Row(
      testDescription: "a second win after the rollback, where bets may win more than once", action: win,
      snapshot: RulesFixture.snapshot(target: RulesFixture.bet(.rolledBack, parts: parts)), refusal: .alreadyRolledBack,
      rules: RulesFixture.manyWins),
    Row(
      testDescription: "a rollback after the win, where bets may win more than once", action: back,
      snapshot: RulesFixture.snapshot(cash: 500, target: RulesFixture.bet(.settled, parts: parts, won: 100)), refusal: .alreadySettled,
      rules: RulesFixture.manyWins),
    Row(
      testDescription: "wins that leave Int64 together", action: win,
      snapshot: RulesFixture.snapshot(target: RulesFixture.bet(.settled, parts: parts, won: .max)), refusal: .amountOutOfRange,
      rules: RulesFixture.manyWins),
  ]

  private static let olderRows: [Row] = [
    row("nobody", bet, RulesFixture.snapshot(cash: 100, player: .absent), .playerNotFound),
    row("a suspended player bets", bet, RulesFixture.snapshot(cash: 100, player: .suspended), .playerSuspended),
    row(
      "a suspended player withdraws", .withdrawRequest(amount: 100), RulesFixture.snapshot(cash: 100, player: .suspended), .playerSuspended),
    row("a suspended player deposits", .depositRequest(amount: 100), RulesFixture.snapshot(player: .suspended), .playerSuspended),
    row("nothing", .deposit(amount: 0), RulesFixture.snapshot(), .amountOutOfRange),
    row("less than nothing", .deposit(amount: -1), RulesFixture.snapshot(), .amountOutOfRange),
    row("the smallest number", .deposit(amount: .min), RulesFixture.snapshot(), .amountOutOfRange),
    row("more than the platform takes", .deposit(amount: Limits.amountMinorUnitsMax + 1), RulesFixture.snapshot(), .amountOutOfRange),
    row("a balance that leaves Int64", .deposit(amount: 1), RulesFixture.snapshot(cash: .max), .amountOutOfRange),
    row("an adjustment of nothing", .adjust(amount: 0, bucket: RulesFixture.cash), RulesFixture.snapshot(), .amountOutOfRange),
    row(
      "an adjustment by the smallest number", .adjust(amount: .min, bucket: RulesFixture.cash), RulesFixture.snapshot(), .amountOutOfRange),
    row("a negative win", .settle(amount: -1, provider: "mg", reference: "1"), RulesFixture.snapshot(), .amountOutOfRange),
    row("a bucket of another brand", .adjust(amount: 1, bucket: RulesFixture.bucket("gold")), RulesFixture.snapshot(), .unknownBucket),
    row(
      "a bet below the policy", .authorize(amount: 9, provider: "mg", reference: "1", round: nil), RulesFixture.snapshot(cash: 9),
      .limitExceeded),
    row(
      "a bet above the policy", .authorize(amount: 5_001, provider: "mg", reference: "1", round: nil), RulesFixture.snapshot(cash: 9_000),
      .limitExceeded),
    row("a win without a bet", win, RulesFixture.snapshot(), .transactionNotFound),
    row("a win on a deposit", win, RulesFixture.snapshot(target: RulesFixture.deposit(.approved, amount: 1)), .transactionNotFound),
    row(
      "an approval of a withdrawal as a deposit", .depositApprove(transaction: "withdrawal"),
      RulesFixture.snapshot(target: RulesFixture.withdrawal(.requested, amount: 1)), .transactionNotFound),
    row("a bet after its rollback", bet, RulesFixture.snapshot(cash: 100, rolledBackBefore: true), .rolledBackBefore),
    row("a win after the rollback", win, RulesFixture.snapshot(target: RulesFixture.bet(.rolledBack, parts: parts)), .alreadyRolledBack),
    row("a second rollback", back, RulesFixture.snapshot(target: RulesFixture.bet(.rolledBack, parts: parts)), .alreadyRolledBack),
    row("a second win", win, RulesFixture.snapshot(target: RulesFixture.bet(.settled, parts: parts)), .alreadySettled),
    row("a rollback after the win", back, RulesFixture.snapshot(target: RulesFixture.bet(.settled, parts: parts)), .alreadySettled),
    row(
      "a deposit approved twice", .depositApprove(transaction: "deposit"),
      RulesFixture.snapshot(target: RulesFixture.deposit(.approved, amount: 1)), .transactionClosed),
    row(
      "a declined deposit approved", .depositApprove(transaction: "deposit"),
      RulesFixture.snapshot(target: RulesFixture.deposit(.declined, amount: 1)), .transactionClosed),
    row(
      "a withdrawal paid before approval", .withdrawPay(transaction: "withdrawal"),
      RulesFixture.snapshot(target: RulesFixture.withdrawal(.requested, amount: 1)), .transactionClosed),
    row(
      "a withdrawal paid twice", .withdrawPay(transaction: "withdrawal"),
      RulesFixture.snapshot(target: RulesFixture.withdrawal(.paid, amount: 1)), .transactionClosed),
    row(
      "a paid withdrawal declined", .withdrawDecline(transaction: "withdrawal"),
      RulesFixture.snapshot(target: RulesFixture.withdrawal(.paid, amount: 1)), .transactionClosed),
    row(
      "one provider id for two bets", bet, RulesFixture.snapshot(cash: 500, target: RulesFixture.bet(.authorized, parts: parts)),
      .referenceTaken),
    row("a bet over the balance", bet, RulesFixture.snapshot(cash: 60, bonus: 39), .insufficientFunds),
    row("a withdrawal of bonus money", .withdrawRequest(amount: 100), RulesFixture.snapshot(cash: 99, bonus: 100), .insufficientFunds),
    row("an adjustment below zero", .adjust(amount: -2, bucket: RulesFixture.cash), RulesFixture.snapshot(cash: 1), .insufficientFunds),
  ]

  @Test("A refused command has exactly one documented reason", arguments: rows)
  func refuses(row: Row) {
    #expect(row.rules.decide(row.action, on: row.snapshot, origin: RulesFixture.origin) == .failure(row.refusal))
  }

  /// What a command that may be refused for several reasons says: the first of the list.
  @Test("The reasons are looked for in their order")
  func order() {
    let everything = WalletTransaction.State.allCases.map { RulesFixture.bet($0, parts: Self.parts, won: 1) } + [nil]
    let order = Dictionary(uniqueKeysWithValues: WalletRefusal.allCases.enumerated().map { ($0.element, $0.offset) })
    for action in [Self.bet, Self.win, Self.back, Self.grant, Self.toBonus, .bonusConvert(transaction: "bonus")] {
      for target in everything {
        // Each step makes one more thing right; what is said may only move down the list.
        let steps: [WalletSnapshot] = [
          RulesFixture.snapshot(player: .absent, target: target), RulesFixture.snapshot(player: .suspended, target: target),
          RulesFixture.snapshot(target: target), RulesFixture.snapshot(cash: 10_000, bonus: 10_000, target: target),
        ]
        let places = steps.map { snapshot -> Int in
          switch RulesFixture.rules.decide(action, on: snapshot, origin: RulesFixture.origin) {
          case .success: Int.max
          case .failure(let refusal): order[refusal] ?? -1
          }
        }
        #expect(places == places.sorted(), "\(action)")
      }
    }
  }

  @Test("Every refusal is shown by at least one row")
  func everyRefusalIsShown() {
    #expect(Set(Self.rows.map(\.refusal)) == Set(WalletRefusal.allCases))
  }
}
