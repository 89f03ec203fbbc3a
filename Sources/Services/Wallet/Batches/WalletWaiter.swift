/// A command that waits for its batch.
struct WalletWaiter: Sendable {
  let request: WalletRequest
  let since: ContinuousClock.Instant
  /// Called once.
  let answer: @Sendable (WalletOutcome) -> Void
}
