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
    var rules = RulesFixture.rules
    /// What a settled bet has paid, or what a closed bonus moved.
    var settled: Int64 = 0
  }

  private static let split = [
    BucketAmount(bucket: RulesFixture.bonus, amount: 30), BucketAmount(bucket: RulesFixture.cash, amount: 70),
  ]

  static let rows = cashierRows + betRows + bonusRows + rewardRows

  private static let cashierRows: [Row] = [
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
      testDescription: "an adjustment up comes from the house", action: .adjust(amount: 20, bucket: RulesFixture.bonus),
      snapshot: RulesFixture.snapshot(), postings: ["house -20", "bonus +20 = 20"], state: .applied, cash: 0, bonus: 20),
    Row(
      testDescription: "an adjustment down goes to the house", action: .adjust(amount: -20, bucket: RulesFixture.cash),
      snapshot: RulesFixture.snapshot(cash: 20), postings: ["cash -20 = 0", "house +20"], state: .applied, cash: 0, bonus: 0),
  ]

  private static let betRows: [Row] = [
    Row(
      testDescription: "a bet takes the buckets in the topology's order",
      action: .authorize(amount: 100, provider: "mg", reference: "1", round: "r"),
      snapshot: RulesFixture.snapshot(cash: 100, bonus: 30),
      postings: ["bonus -30 = 0", "cash -70 = 30", "provider:mg +100"], state: .authorized, cash: 30, bonus: 0),
    Row(
      testDescription: "a win credits the win bucket", action: .settle(amount: 250, provider: "mg", reference: "1"),
      snapshot: RulesFixture.snapshot(cash: 30, target: RulesFixture.bet(.authorized, parts: split)),
      postings: ["provider:mg -250", "cash +250 = 280"], state: .settled, cash: 280, bonus: 0, settled: 250),
    Row(
      testDescription: "a lost bet settles without postings", action: .settle(amount: 0, provider: "mg", reference: "1"),
      snapshot: RulesFixture.snapshot(cash: 30, target: RulesFixture.bet(.authorized, parts: split)), postings: [], state: .settled,
      cash: 30,
      bonus: 0),
    Row(
      testDescription: "a win reaches a suspended player", action: .settle(amount: 5, provider: "mg", reference: "1"),
      snapshot: RulesFixture.snapshot(player: .suspended, target: RulesFixture.bet(.authorized, parts: split)),
      postings: ["provider:mg -5", "cash +5 = 5"], state: .settled, cash: 5, bonus: 0, settled: 5),
    Row(
      testDescription: "a rollback returns each part to its bucket", action: .rollback(provider: "mg", reference: "1"),
      snapshot: RulesFixture.snapshot(cash: 30, target: RulesFixture.bet(.authorized, parts: split)),
      postings: ["provider:mg -30", "bonus +30 = 30", "provider:mg -70", "cash +70 = 100"], state: .rolledBack, cash: 100,
      bonus: 30),
    Row(
      testDescription: "a rollback of an unknown bet leaves a tombstone", action: .rollback(provider: "mg", reference: "1"),
      snapshot: RulesFixture.snapshot(cash: 30), postings: [], state: nil, cash: 30, bonus: 0),
    Row(
      testDescription: "a second win adds up where the policy allows it", action: .settle(amount: 50, provider: "mg", reference: "1"),
      snapshot: RulesFixture.snapshot(cash: 30, target: RulesFixture.bet(.settled, parts: split, won: 250)),
      postings: ["provider:mg -50", "cash +50 = 80"], state: .settled, cash: 80, bonus: 0, rules: RulesFixture.manyWins, settled: 300),
    Row(
      testDescription: "a rollback after the win takes it from the win bucket, then from the others, and returns the stake",
      action: .rollback(provider: "strict", reference: "1"),
      snapshot: RulesFixture.snapshot(
        cash: 200, bonus: 60, target: RulesFixture.bet(.settled, parts: split, won: 250, provider: "strict")),
      postings: [
        "cash -200 = 0", "bonus -50 = 10", "provider:strict +250", "provider:strict -30", "bonus +30 = 40", "provider:strict -70",
        "cash +70 = 70",
      ], state: .rolledBack, cash: 70, bonus: 40, settled: 250),
    Row(
      testDescription: "a rollback of a lost bet returns the stake", action: .rollback(provider: "strict", reference: "1"),
      snapshot: RulesFixture.snapshot(target: RulesFixture.bet(.settled, parts: split, provider: "strict")),
      postings: ["provider:strict -30", "bonus +30 = 30", "provider:strict -70", "cash +70 = 70"], state: .rolledBack, cash: 70, bonus: 30),
  ]

  private static let bonusRows: [Row] = [
    Row(
      testDescription: "a bonus goes to the bonus bucket", action: .bonusGrant(amount: 500, requirement: 5_000),
      snapshot: RulesFixture.snapshot(cash: 1, bonus: 2), postings: ["bonus -500", "bonus +500 = 502"], state: .granted, cash: 1, bonus: 502
    ),
    Row(
      testDescription: "a converted bonus becomes the player's own", action: .bonusConvert(transaction: "bonus"),
      snapshot: RulesFixture.snapshot(cash: 1, bonus: 700, target: RulesFixture.bonus(.granted, amount: 500)),
      postings: ["bonus -500 = 200", "cash +500 = 501"], state: .converted, cash: 501, bonus: 200, settled: 500),
    Row(
      testDescription: "of a bonus that was bet away in part the rest is converted", action: .bonusConvert(transaction: "bonus"),
      snapshot: RulesFixture.snapshot(cash: 1, bonus: 120, target: RulesFixture.bonus(.granted, amount: 500)),
      postings: ["bonus -120 = 0", "cash +120 = 121"], state: .converted, cash: 121, bonus: 0, settled: 120),
    Row(
      testDescription: "a bonus that was bet away is converted without postings", action: .bonusConvert(transaction: "bonus"),
      snapshot: RulesFixture.snapshot(cash: 1, target: RulesFixture.bonus(.granted, amount: 500)), postings: [], state: .converted, cash: 1,
      bonus: 0),
    Row(
      testDescription: "a completed turnover moves what a conversion does", action: .rollingComplete(transaction: "bonus"),
      snapshot: RulesFixture.snapshot(bonus: 700, player: .suspended, target: RulesFixture.bonus(.granted, amount: 500)),
      postings: ["bonus -500 = 200", "cash +500 = 500"], state: .completed, cash: 500, bonus: 200, settled: 500),
    Row(
      testDescription: "a forfeited bonus goes back to the brand", action: .bonusForfeit(transaction: "bonus"),
      snapshot: RulesFixture.snapshot(cash: 9, bonus: 120, target: RulesFixture.bonus(.granted, amount: 500)),
      postings: ["bonus -120 = 0", "bonus +120"], state: .forfeited, cash: 9, bonus: 0, settled: 120),
    Row(
      testDescription: "a conversion goes to the bucket that the topology names", action: .bonusConvert(transaction: "bonus"),
      snapshot: RulesFixture.snapshot(bonus: 500, target: RulesFixture.bonus(.granted, amount: 500)),
      postings: ["bonus -500 = 0", "own +500 = 500"], state: .converted, cash: 0, bonus: 0, rules: RulesFixture.apart, settled: 500),
  ]

  private static let rewardRows: [Row] = [
    Row(
      testDescription: "a rebate goes where wins go", action: .rebate(amount: 7), snapshot: RulesFixture.snapshot(cash: 1),
      postings: ["rebates -7", "cash +7 = 8"], state: .applied, cash: 8, bonus: 0),
    Row(
      testDescription: "a cashback reaches a suspended player", action: .cashback(amount: 7),
      snapshot: RulesFixture.snapshot(player: .suspended), postings: ["cashbacks -7", "cash +7 = 7"], state: .applied, cash: 7, bonus: 0),
    Row(
      testDescription: "a lossback goes to the bucket that the topology names", action: .lossback(amount: 7),
      snapshot: RulesFixture.snapshot(cash: 1), postings: ["lossbacks -7", "gift +7 = 7"], state: .applied, cash: 1, bonus: 0,
      rules: RulesFixture.apart),
    Row(
      testDescription: "a transfer leaves the total as it is",
      action: .transfer(amount: 40, from: RulesFixture.cash, to: RulesFixture.bonus), snapshot: RulesFixture.snapshot(cash: 50, bonus: 3),
      postings: ["cash -40 = 10", "bonus +40 = 43"], state: .applied, cash: 10, bonus: 43),
  ]

  @Test("S0-WAL-27 what a bonus asks for is kept with it, and a transfer says which bucket gave")
  func keptDetails() throws {
    let grant = try RulesFixture.rules.decide(
      .bonusGrant(amount: 5, requirement: 0), on: RulesFixture.snapshot(), origin: RulesFixture.origin
    ).get()
    #expect(grant.transaction?.requirement == 0)
    let transfer = try RulesFixture.rules.decide(
      .transfer(amount: 40, from: RulesFixture.cash, to: RulesFixture.bonus), on: RulesFixture.snapshot(cash: 50),
      origin: RulesFixture.origin
    ).get()
    #expect(transfer.transaction?.parts == [BucketAmount(bucket: RulesFixture.cash, amount: 40)])
  }

  @Test("A rollback of an unknown bet keeps its tombstone also where the provider is told that there is no such bet")
  func refusedUnknownRollback() throws {
    for (provider, refusal) in [("mg", nil), ("strict", WalletRefusal.transactionNotFound)] {
      let decision = try RulesFixture.rules.decide(
        .rollback(provider: provider, reference: "1"), on: RulesFixture.snapshot(cash: 30), origin: RulesFixture.origin
      ).get()
      #expect(decision.change == .tombstone(provider: provider, reference: "1"))
      #expect(decision.refusal == refusal)
      #expect(decision.postings == [] && decision.balances[RulesFixture.cash] == 30)
    }
  }

  @Test("The table has every command")
  func everyCommand() {
    #expect(Set(Self.rows.map(\.action.name)) == Set(WalletCommandName.allCases))
  }

  @Test("S0-WAL-27 each command posts balanced entries to the accounts it should", arguments: rows)
  func accepts(row: Row) throws {
    let decision = try row.rules.decide(row.action, on: row.snapshot, origin: RulesFixture.origin).get()
    #expect(decision.refusal == nil)
    #expect(decision.postings.map(Self.text) == row.postings)
    #expect(decision.postings.reduce(0) { $0 + $1.amount } == 0)
    #expect(decision.transaction?.state == row.state)
    #expect(decision.transaction?.settledAmount ?? 0 == row.settled)
    #expect(decision.balances[RulesFixture.cash] == row.cash)
    #expect(decision.balances[RulesFixture.bonus] == row.bonus)
  }

  private static func text(_ posting: Posting) -> String {
    let sign = posting.amount > 0 ? "+" : ""
    let after = posting.balanceAfter.map { " = \($0)" } ?? ""
    return "\(posting.account.name) \(sign)\(posting.amount)\(after)"
  }
}
