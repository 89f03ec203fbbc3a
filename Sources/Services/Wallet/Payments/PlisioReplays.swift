internal import Contracts
internal import Kernel
internal import Redis

/// Which callbacks have come before: `plisio:replay:<brand>:<txn_id>:<status>` in Redis (S0-WAL-30).
///
/// It saves work and counts repetitions. That a payment is credited once is the wallet's doing, by the idempotency key of the payment.
struct PlisioReplays: Sendable {
  /// Longer than any provider repeats itself.
  private static let seconds = 86_400

  let redis: RedisClient

  /// - Returns: false when it has come before.
  func isFirst(_ callback: PlisioCallback, brand: BrandID) async throws(RedisError) -> Bool {
    try await redis.set(
      RedisKeys.plisioReplay(brand: brand.rawValue, payment: callback.paymentID, status: callback.status.rawValue), "1",
      expirySeconds: Self.seconds, onlyIfAbsent: true)
  }
}
