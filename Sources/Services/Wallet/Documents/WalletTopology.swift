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
}
