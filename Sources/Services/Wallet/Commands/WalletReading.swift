/// What the database said about a command, under the player's lock.
struct WalletReading: Sendable {
  /// The answer that this idempotency key got before.
  struct Stored: Sendable {
    let fingerprint: [UInt8]
    let answer: WalletAnswer
  }

  let stored: Stored?
  let snapshot: WalletSnapshot
  let topology: WalletTopology?
  let policy: WalletPolicy?
}
