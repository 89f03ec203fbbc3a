/// A brand's buckets as the model knows them. The wallet gets the same as a document.
struct ModelTopology: Hashable, Sendable {
  var buckets: [String]
  /// In the order of ``buckets``.
  var withdrawable: [String]
  var betOrder: [String]
  var depositBucket: String
  var winBucket: String
  var bonusBucket: String?
  var conversionBucket: String?
  var rewardBucket: String?

  /// What `wallet.wallet_topology.document` holds.
  var document: String {
    let rules = buckets.map { "{\"name\":\"\($0)\",\"withdrawable\":\(withdrawable.contains($0))}" }.joined(separator: ",")
    let order = betOrder.map { "\"\($0)\"" }.joined(separator: ",")
    let optional = [("bonus_bucket", bonusBucket), ("conversion_bucket", conversionBucket), ("reward_bucket", rewardBucket)]
    let more = optional.compactMap { name, bucket in bucket.map { ",\"\(name)\":\"\($0)\"" } }.joined()
    return
      "{\"buckets\":[\(rules)],\"bet_order\":[\(order)],\"deposit_bucket\":\"\(depositBucket)\",\"win_bucket\":\"\(winBucket)\"\(more)}"
  }
}
