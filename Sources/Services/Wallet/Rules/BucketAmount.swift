/// A part of a movement that touched one bucket; kept on bets and withdrawals so that a reversal returns money to where it came from.
package struct BucketAmount: Hashable, Sendable, Codable {
  package let bucket: String
  package let amount: Int64

  package init(bucket: Bucket, amount: Int64) {
    self.bucket = bucket.name
    self.amount = amount
  }
}
