extension WalletRules {
  func transfer(
    _ amount: Int64, from source: Bucket, to destination: Bucket, _ snapshot: WalletSnapshot, _ origin: WalletOrigin
  ) throws(WalletRefusal) -> WalletDecision {
    try checkRange(amount)
    guard source != destination, topology.buckets.contains(source), topology.buckets.contains(destination) else { throw .unknownBucket }
    guard policy.allowsTransfer(from: source, to: destination) else { throw .transferNotAllowed }
    try checkLimits(amount, of: .transfer)
    var movement = Movement(snapshot.balances)
    try movement.move(amount, from: .bucket(source), to: .bucket(destination))
    return movement.decision(
      .insert(
        WalletTransaction(
          id: origin.id, createdAt: origin.at, kind: .transfer, state: .applied, amount: amount,
          parts: [BucketAmount(bucket: source, amount: amount)])))
  }
}
