/// The JSON form of a topology, as `wallet.wallet_topology.document` holds it (`docs/formats/wallet-commands.md`).
///
/// Members that came later are optional, so that every version that was ever activated stays readable.
package struct WalletTopologyDocument: Codable, Hashable, Sendable {
  package struct BucketRule: Codable, Hashable, Sendable {
    package let name: String
    package let withdrawable: Bool
  }

  package let buckets: [BucketRule]
  package let betOrder: [String]
  package let depositBucket: String
  package let winBucket: String
  package let bonusBucket: String?
  package let conversionBucket: String?
  package let rewardBucket: String?

  package init(
    buckets: [BucketRule], betOrder: [String], depositBucket: String, winBucket: String, bonusBucket: String? = nil,
    conversionBucket: String? = nil, rewardBucket: String? = nil
  ) {
    self.buckets = buckets
    self.betOrder = betOrder
    self.depositBucket = depositBucket
    self.winBucket = winBucket
    self.bonusBucket = bonusBucket
    self.conversionBucket = conversionBucket
    self.rewardBucket = rewardBucket
  }

  enum CodingKeys: String, CodingKey {
    case buckets
    case betOrder = "bet_order"
    case depositBucket = "deposit_bucket"
    case winBucket = "win_bucket"
    case bonusBucket = "bonus_bucket"
    case conversionBucket = "conversion_bucket"
    case rewardBucket = "reward_bucket"
  }

  /// The topology, or the sentence that says what is wrong with the document.
  package func topology() throws(WalletDocumentFault) -> WalletTopology {
    var known: [String: Bucket] = [:]
    var ordered: [Bucket] = []
    for rule in buckets {
      guard let bucket = Bucket(rule.name) else { throw WalletDocumentFault("bucket name '\(rule.name)' is not usable") }
      guard known.updateValue(bucket, forKey: rule.name) == nil else { throw WalletDocumentFault("bucket '\(rule.name)' is listed twice") }
      ordered.append(bucket)
    }
    func find(_ name: String, in field: String) throws(WalletDocumentFault) -> Bucket {
      guard let bucket = known[name] else { throw WalletDocumentFault("\(field) names '\(name)', which is not a bucket") }
      return bucket
    }
    func findOptional(_ name: String?, in field: String) throws(WalletDocumentFault) -> Bucket? {
      guard let name else { return nil }
      return try find(name, in: field)
    }
    var bets: [Bucket] = []
    for name in betOrder {
      let bucket = try find(name, in: "bet_order")
      guard !bets.contains(bucket) else { throw WalletDocumentFault("bet_order names '\(name)' twice") }
      bets.append(bucket)
    }
    guard !bets.isEmpty else { throw WalletDocumentFault("bet_order names no bucket") }
    let withdrawable = buckets.filter(\.withdrawable).compactMap { known[$0.name] }
    return WalletTopology(
      buckets: ordered, withdrawOrder: withdrawable, betOrder: bets,
      depositBucket: try find(depositBucket, in: "deposit_bucket"), winBucket: try find(winBucket, in: "win_bucket"),
      bonusBucket: try findOptional(bonusBucket, in: "bonus_bucket"),
      conversionBucket: try findOptional(conversionBucket, in: "conversion_bucket"),
      rewardBucket: try findOptional(rewardBucket, in: "reward_bucket"))
  }
}
