internal import Kernel

/// A command that met another brand's row: told (counted and logged) when the batch is committed.
struct WalletSighting: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// Its idempotency key is known there (S0-WAL-20).
    case key
    /// The player or transaction that it addresses stands there (S0-WAL-01).
    case row
  }

  /// The command's place in the batch.
  let command: Int
  let kind: Kind
  let brand: Int64
  /// What held for its caller when it was decided.
  let mode: EnforcementMode
}
