import Testing

@testable import Wallet

@Suite("What each wallet command does when it is accepted")
struct WalletRulesAcceptTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let action: WalletAction
    let snapshot: WalletSnapshot
    let postings: [String]
    let state: WalletTransaction.State?
    let cash: Int64
    let bonus: Int64
  }

  private static let split = [
    BucketAmount(bucket: RulesFixture.bonus, amount: 30), BucketAmount(bucket: RulesFixture.cash, amount: 70),
  ]

  static let rows: [Row] = [
    Row(
      testDescription: "a manual deposit credits the deposit bucket", action: .deposit(amount: 500),
      snapshot: RulesFixture.snapshot(cash: 1),
      postings: ["deposits -500", "cash +500 = 501"], state: .approved, cash: 501, bonus: 0),
    Row(
      testDescription: "a requested deposit moves nothing", action: .depositRequest(amount: 500), snapshot: RulesFixture.snapshot(),
      postings: [], state: .pending, cash: 0, bonus: 0),
    Row(
      testDescription: "an approved deposit credits what was requested", action: .depositApprove(transaction: "deposit"),
      snapshot: RulesFixture.snapshot(target: RulesFixture.deposit(.pending, amount: 500)),
      postings: ["deposits -500", "cash +500 = 500"], state: .approved, cash: 500, bonus: 0),
    Row(
      testDescription: "a declined deposit moves nothing", action: .depositDecline(transaction: "deposit"),
      snapshot: RulesFixture.snapshot(cash: 3, target: RulesFixture.deposit(.pending, amount: 500)), postings: [], state: .declined,
      cash: 3,
      bonus: 0),
    Row(
      testDescription: "a requested withdrawal holds the money", action: .withdrawRequest(amount: 400),
      snapshot: RulesFixture.snapshot(cash: 500, bonus: 50), postings: ["cash -400 = 100", "withdrawals_held +400"],
      state: .requested, cash: 100, bonus: 50),
    Row(
      testDescription: "an approved withdrawal moves nothing more", action: .withdrawApprove(transaction: "withdrawal"),
      snapshot: RulesFixture.snapshot(cash: 100, target: RulesFixture.withdrawal(.requested, amount: 400)), postings: [], state: .approved,
      cash: 100, bonus: 0),
    Row(
      testDescription: "a paid withdrawal leaves", action: .withdrawPay(transaction: "withdrawal"),
      snapshot: RulesFixture.snapshot(target: RulesFixture.withdrawal(.approved, amount: 400)),
      postings: ["withdrawals_held -400", "withdrawals +400"], state: .paid, cash: 0, bonus: 0),
    Row(
      testDescription: "a declined withdrawal returns", action: .withdrawDecline(transaction: "withdrawal"),
      snapshot: RulesFixture.snapshot(cash: 100, target: RulesFixture.withdrawal(.approved, amount: 400)),
      postings: ["withdrawals_held -400", "cash +400 = 500"], state: .declined, cash: 500, bonus: 0),
    Row(
      testDescription: "a bet takes the buckets in the topology's order",
      action: .authorize(amount: 100, provider: "mg", reference: "1", round: "r"),
      snapshot: RulesFixture.snapshot(cash: 100, bonus: 30),
      postings: ["bonus -30 = 0", "cash -70 = 30", "provider:mg +100"], state: .authorized, cash: 30, bonus: 0),
    Row(
      testDescription: "a win credits the win bucket", action: .settle(amount: 250, provider: "mg", reference: "1"),
      snapshot: RulesFixture.snapshot(cash: 30, target: RulesFixture.bet(.authorized, parts: split)),
      postings: ["provider:mg -250", "cash +250 = 280"], state: .settled, cash: 280, bonus: 0),
    Row(
      testDescription: "a lost bet settles without postings", action: .settle(amount: 0, provider: "mg", reference: "1"),
      snapshot: RulesFixture.snapshot(cash: 30, target: RulesFixture.bet(.authorized, parts: split)), postings: [], state: .settled,
      cash: 30,
      bonus: 0),
    Row(
      testDescription: "a win reaches a suspended player", action: .settle(amount: 5, provider: "mg", reference: "1"),
      snapshot: RulesFixture.snapshot(player: .suspended, target: RulesFixture.bet(.authorized, parts: split)),
      postings: ["provider:mg -5", "cash +5 = 5"], state: .settled, cash: 5, bonus: 0),
    Row(
      testDescription: "a rollback returns each part to its bucket", action: .rollback(provider: "mg", reference: "1"),
      snapshot: RulesFixture.snapshot(cash: 30, target: RulesFixture.bet(.authorized, parts: split)),
      postings: ["provider:mg -30", "bonus +30 = 30", "provider:mg -70", "cash +70 = 100"], state: .rolledBack, cash: 100,
      bonus: 30),
    Row(
      testDescription: "a rollback of an unknown bet leaves a tombstone", action: .rollback(provider: "mg", reference: "1"),
      snapshot: RulesFixture.snapshot(cash: 30), postings: [], state: nil, cash: 30, bonus: 0),
    Row(
      testDescription: "an adjustment up comes from the house", action: .adjust(amount: 20, bucket: RulesFixture.bonus),
      snapshot: RulesFixture.snapshot(), postings: ["house -20", "bonus +20 = 20"], state: .applied, cash: 0, bonus: 20),
    Row(
      testDescription: "an adjustment down goes to the house", action: .adjust(amount: -20, bucket: RulesFixture.cash),
      snapshot: RulesFixture.snapshot(cash: 20), postings: ["cash -20 = 0", "house +20"], state: .applied, cash: 0, bonus: 0),
  ]

  @Test("S0-WAL-27 each command posts balanced entries to the accounts it should", arguments: rows)
  func accepts(row: Row) throws {
    let decision = try RulesFixture.rules.decide(row.action, on: row.snapshot, origin: RulesFixture.origin).get()
    #expect(decision.postings.map(Self.text) == row.postings)
    #expect(decision.postings.reduce(0) { $0 + $1.amount } == 0)
    #expect(decision.transaction?.state == row.state)
    #expect(decision.balances[RulesFixture.cash] == row.cash)
    #expect(decision.balances[RulesFixture.bonus] == row.bonus)
  }

  private static func text(_ posting: Posting) -> String {
    let sign = posting.amount > 0 ? "+" : ""
    let after = posting.balanceAfter.map { " = \($0)" } ?? ""
    return "\(posting.account.name) \(sign)\(posting.amount)\(after)"
  }
}
