/// Which buckets a brand's wallets have and how money flows among them. One active document per brand (S0-WAL-08).
///
/// A parsed topology is always usable: bucket names are unique, and every name it mentions is one of its buckets.
package struct WalletTopology: Hashable, Sendable {
  package let buckets: [Bucket]
  /// Buckets that a withdrawal may take from, in order.
  package let withdrawOrder: [Bucket]
  /// Buckets that a bet takes from, in order.
  package let betOrder: [Bucket]
  package let depositBucket: Bucket
  package let winBucket: Bucket
  /// Where granted bonuses go; nil for a brand that grants none.
  package let bonusBucket: Bucket?
  /// Where a bonus goes that becomes the player's own.
  package let conversionBucket: Bucket
  /// Where rebates, cashbacks and lossbacks go.
  package let rewardBucket: Bucket

  /// - Parameters:
  ///   - conversionBucket: nil for the win bucket.
  ///   - rewardBucket: nil for the win bucket.
  init(
    buckets: [Bucket], withdrawOrder: [Bucket], betOrder: [Bucket], depositBucket: Bucket, winBucket: Bucket, bonusBucket: Bucket? = nil,
    conversionBucket: Bucket? = nil, rewardBucket: Bucket? = nil
  ) {
    self.buckets = buckets
    self.withdrawOrder = withdrawOrder
    self.betOrder = betOrder
    self.depositBucket = depositBucket
    self.winBucket = winBucket
    self.bonusBucket = bonusBucket
    self.conversionBucket = conversionBucket ?? winBucket
    self.rewardBucket = rewardBucket ?? winBucket
  }
}
