internal import Kernel

extension WalletRules {
  func adjust(_ amount: Int64, _ bucket: Bucket, _ snapshot: WalletSnapshot, _ origin: WalletOrigin) throws(WalletRefusal) -> WalletDecision
  {
    guard amount != 0, amount.magnitude <= UInt64(Limits.amountMinorUnitsMax) else { throw .amountOutOfRange }
    guard topology.buckets.contains(bucket) else { throw .unknownBucket }
    if let limits = policy.limits(of: .adjust), abs(amount) < limits.min || abs(amount) > limits.max { throw .limitExceeded }
    var movement = Movement(snapshot.balances)
    if amount > 0 {
      try movement.move(amount, from: .house, to: .bucket(bucket))
    } else {
      try movement.move(-amount, from: .bucket(bucket), to: .house)
    }
    return movement.decision(
      .insert(
        WalletTransaction(
          id: origin.id, createdAt: origin.at, kind: .adjust, state: .applied, amount: amount,
          parts: amount < 0 ? [BucketAmount(bucket: bucket, amount: -amount)] : [])))
  }
}
