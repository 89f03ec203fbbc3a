/// What a replay would do, told before it does anything.
package enum ReplayEffect: String, Hashable, Sendable, CaseIterable {
  /// It does what the callback says, for the first time.
  case applies
  /// The callback has been handled since; the replay changes nothing and closes the letter.
  case duplicate
  /// The provider's id was used for something else.
  case conflict
  /// The provider's id was used under another brand than the account's.
  case otherBrand = "other_brand"
  /// The account is still nobody's.
  case unresolved
  /// The body can't be read as the provider's.
  case unreadable

  /// What isn't, is refused, and the letter stays pending.
  package var isReplayable: Bool { self == .applies || self == .duplicate }

  /// Of several callbacks in one body: the one that stands most against a replay.
  static func worst(of effects: [ReplayEffect]) -> ReplayEffect {
    let order: [ReplayEffect] = [.unreadable, .unresolved, .otherBrand, .conflict, .applies, .duplicate]
    return order.first { effects.contains($0) } ?? .unreadable
  }
}
