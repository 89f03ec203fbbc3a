internal import Evidence
internal import Kernel

/// What the database says of signing at one moment: the operator's keys, and whether an operator has paused it.
struct SigningStand: Sendable {
  struct Key: Hashable, Sendable {
    let publicKey: [UInt8]
    let from: Timestamp
  }

  /// By their numbers.
  let keys: [Key]
  /// Nil when signing isn't paused, or no longer.
  let pausedUntil: Timestamp?

  /// Why this key must not sign at that time; nil where it may. A database without keys has not heard of any yet.
  func refusal(of publicKey: [UInt8], at moment: Timestamp) -> LogRefusal? {
    if let pausedUntil, moment < pausedUntil {
      return LogRefusal(.signingPaused, "an operator has paused signing until \(pausedUntil)")
    }
    guard !keys.isEmpty else { return nil }
    guard let own = keys.firstIndex(where: { $0.publicKey == publicKey }) else {
      return LogRefusal(.keyUnknown, "the key is in no record of evidence.signing_key; its history has other keys")
    }
    guard keys[own].from <= moment else { return LogRefusal(.keyNotYetValid, "the key signs from \(keys[own].from) on") }
    if own + 1 < keys.count, keys[own + 1].from <= moment {
      return LogRefusal(.keySuperseded, "another key signs since \(keys[own + 1].from)")
    }
    return nil
  }
}
