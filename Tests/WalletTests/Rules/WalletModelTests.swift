import Testing

@testable import Wallet

@Suite("The rules agree with a model that shares nothing with them")
struct WalletModelTests {
  private static let stepsPerSeed = 150

  /// Plays one seeded history through both. - Returns: the first step at which they differ, in words.
  static func difference(seed: UInt64, rules: WalletRules = RulesFixture.rules) -> String? {
    var random = SeededGenerator(seed: seed)
    var model = ModelWallet()
    var history = RulesHistory(rules: rules)
    for step in 1...stepsPerSeed {
      let name = "t\(Int.random(in: 0..<12, using: &random))"
      let amount = Int64.random(in: -5...600, using: &random)
      let (key, action, expected) = choose(name, amount, &model, &random)
      let actual = history.play(key, action)
      let place = "seed \(seed), step \(step), \(action)"
      if actual != expected { return "\(place): the rules say \(String(describing: actual)), the model \(expected)" }
      for (bucket, held) in model.money where history.balances[RulesFixture.bucket(bucket)] ?? 0 != held { return "\(place): \(bucket)" }
      if history.brandSide != model.brandSide { return "\(place): the brand's side" }
    }
    return nil
  }

  private static func choose(
    _ name: String, _ amount: Int64, _ model: inout ModelWallet, _ random: inout SeededGenerator
  ) -> (key: String, action: WalletAction, accepted: Bool) {
    switch Int.random(in: 0..<12, using: &random) {
    case 10: return ("w" + name, .withdrawDecline(transaction: "w" + name), model.moveWithdrawal("w" + name, to: "declined"))
    case 11: return ("w" + name, .withdrawApprove(transaction: "w" + name), model.moveWithdrawal("w" + name, to: "approved"))
    case 0: return ("deposit", .deposit(amount: amount), model.deposit(amount))
    case 1, 2: return (name, .authorize(amount: amount, provider: "mg", reference: name, round: nil), model.bet(name, amount))
    case 3, 4: return (name, .settle(amount: amount, provider: "mg", reference: name), model.win(name, amount))
    case 5: return (name, .rollback(provider: "mg", reference: name), model.rollback(name))
    case 6: return ("w" + name, .withdrawRequest(amount: amount), model.requestWithdrawal("w" + name, amount))
    case 7: return ("adjustment", .adjust(amount: amount, bucket: RulesFixture.bonus), model.adjust("bonus", amount))
    default: return ("adjustment", .adjust(amount: -amount, bucket: RulesFixture.cash), model.adjust("cash", -amount))
    }
  }

  @Test("Random histories: same verdicts, same balances, balanced postings", arguments: 0..<20)
  func agree(block: UInt64) {
    for seed in block * 20..<block * 20 + 20 {
      let difference = Self.difference(seed: seed)
      #expect(difference == nil)
    }
  }

  @Test("A planted fault is found: bets that take the buckets in the wrong order, wins in the wrong bucket, limits that are too wide")
  func plantedFaults() {
    let topology = RulesFixture.rules.topology
    let faults = [
      WalletRules(
        topology: WalletTopology(
          buckets: topology.buckets, withdrawOrder: topology.withdrawOrder, betOrder: topology.betOrder.reversed(),
          depositBucket: topology.depositBucket, winBucket: topology.winBucket), policy: RulesFixture.rules.policy),
      WalletRules(
        topology: WalletTopology(
          buckets: topology.buckets, withdrawOrder: topology.withdrawOrder, betOrder: topology.betOrder,
          depositBucket: topology.depositBucket, winBucket: RulesFixture.bonus), policy: RulesFixture.rules.policy),
      WalletRules(
        topology: WalletTopology(
          buckets: topology.buckets, withdrawOrder: topology.buckets, betOrder: topology.betOrder, depositBucket: topology.depositBucket,
          winBucket: topology.winBucket), policy: RulesFixture.rules.policy),
      WalletRules(topology: topology, policy: WalletPolicy(limits: [:])),
    ]
    for (index, rules) in faults.enumerated() {
      let isFound = (0..<50 as Range<UInt64>).contains { Self.difference(seed: $0, rules: rules) != nil }
      #expect(isFound, "planted fault \(index) was not found")
    }
  }
}
