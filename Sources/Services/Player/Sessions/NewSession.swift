internal import Kernel

/// A session to store, or the next generation of one.
struct NewSession: Sendable {
  let id: UUIDv7
  let player: PlayerID
  /// SHA-256 of the refresh token; the token itself is stored nowhere.
  let tokenHash: [UInt8]
  let now: Timestamp
  /// When the refresh token ends, and the session with it.
  let expiresAt: Timestamp
}
