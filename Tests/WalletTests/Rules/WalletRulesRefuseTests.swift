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
  }

  private static let bet = WalletAction.authorize(amount: 100, provider: "mg", reference: "1", round: nil)
  private static let win = WalletAction.settle(amount: 100, provider: "mg", reference: "1")
  private static let back = WalletAction.rollback(provider: "mg", reference: "1")
  private static let parts = [BucketAmount(bucket: RulesFixture.cash, amount: 100)]

  private static func row(_ description: String, _ action: WalletAction, _ snapshot: WalletSnapshot, _ refusal: WalletRefusal) -> Row {
    Row(testDescription: description, action: action, snapshot: snapshot, refusal: refusal)
  }

  static let rows: [Row] = [
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
    #expect(RulesFixture.rules.decide(row.action, on: row.snapshot, origin: RulesFixture.origin) == .failure(row.refusal))
  }

  @Test("Every refusal is shown by at least one row")
  func everyRefusalIsShown() {
    #expect(Set(Self.rows.map(\.refusal)) == Set(WalletRefusal.allCases))
  }
}
