/// A second opinion on the rules: one player's wallet told in the plainest way, with names and sums of its own and nothing of the product's rules.
struct ModelWallet {
  struct Bet {
    var status: String
    let taken: [(bucket: String, amount: Int64)]
  }

  var money: [String: Int64] = ["cash": 0, "bonus": 0]
  var bets: [String: Bet] = [:]
  var tombstones: Set<String> = []
  var withdrawals: [String: (status: String, amount: Int64)] = [:]
  var deposits: [String: (status: String, amount: Int64)] = [:]
  /// What the brand's own accounts hold together: the players' money with the other sign.
  var brandSide: Int64 = 0

  var total: Int64 { money.values.reduce(0, +) }

  mutating func deposit(_ amount: Int64) -> Bool {
    guard amount > 0 else { return false }
    credit("cash", amount)
    return true
  }

  mutating func bet(_ name: String, _ amount: Int64) -> Bool {
    guard amount >= 10, amount <= 5_000, !tombstones.contains(name), bets[name] == nil, total >= amount else { return false }
    let fromBonus = min(amount, money["bonus", default: 0])
    let taken = [("bonus", fromBonus), ("cash", amount - fromBonus)].filter { $0.1 > 0 }
    for (bucket, part) in taken { credit(bucket, -part) }
    bets[name] = Bet(status: "open", taken: taken.map { (bucket: $0.0, amount: $0.1) })
    return true
  }

  mutating func win(_ name: String, _ amount: Int64) -> Bool {
    guard amount >= 0, bets[name]?.status == "open" else { return false }
    bets[name]?.status = "settled"
    credit("cash", amount)
    return true
  }

  mutating func rollback(_ name: String) -> Bool {
    guard let bet = bets[name] else {
      tombstones.insert(name)
      return true
    }
    guard bet.status == "open" else { return false }
    bets[name]?.status = "rolled back"
    for part in bet.taken { credit(part.bucket, part.amount) }
    return true
  }

  mutating func requestWithdrawal(_ name: String, _ amount: Int64) -> Bool {
    guard amount >= 100, amount <= 1_000_000, money["cash", default: 0] >= amount else { return false }
    credit("cash", -amount)
    withdrawals[name] = ("requested", amount)
    return true
  }

  mutating func moveWithdrawal(_ name: String, to status: String) -> Bool {
    guard let withdrawal = withdrawals[name] else { return false }
    switch (withdrawal.status, status) {
    case ("requested", "approved"), ("approved", "paid"): break
    case ("requested", "declined"), ("approved", "declined"): credit("cash", withdrawal.amount)
    default: return false
    }
    withdrawals[name]?.status = status
    return true
  }

  mutating func adjust(_ bucket: String, _ amount: Int64) -> Bool {
    guard amount != 0, money[bucket, default: 0] + amount >= 0 else { return false }
    credit(bucket, amount)
    return true
  }

  private mutating func credit(_ bucket: String, _ amount: Int64) {
    money[bucket, default: 0] += amount
    brandSide -= amount
  }
}
