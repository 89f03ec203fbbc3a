internal import Kernel

/// Tokens that were verified lately, the least recently used one leaving first. A value: ``AccessTokenVerifier`` guards it with its mutex.
///
/// Always holds at most `capacity` entries, and never yields one at or after its `exp`.
struct VerifiedTokenCache: Sendable {
  private struct Slot: Sendable {
    var digest: TokenDigest
    var token: VerifiedPlayerToken
    /// The neighbours in order of use; `none` at the ends.
    var newer: Int
    var older: Int
  }

  private static let none = -1

  private let capacity: Int
  private var slots: [Slot] = []
  private var free: [Int] = []
  private var places: [TokenDigest: Int] = [:]
  private var newest = Self.none
  private var oldest = Self.none

  /// - Parameter capacity: at least one.
  init(capacity: Int) { self.capacity = max(1, capacity) }

  var count: Int { places.count }

  mutating func lookup(_ digest: TokenDigest, now: Timestamp) -> VerifiedPlayerToken? {
    guard let place = places[digest] else { return nil }
    let token = slots[place].token
    guard now.seconds < token.claims.expiresAt else {
      remove(place)
      return nil
    }
    if place != newest {
      unlink(place)
      linkAsNewest(place)
    }
    return token
  }

  mutating func insert(_ token: VerifiedPlayerToken, as digest: TokenDigest) {
    guard places[digest] == nil else { return }
    if places.count == capacity { remove(oldest) }
    let slot = Slot(digest: digest, token: token, newer: Self.none, older: Self.none)
    let place: Int
    if let reused = free.popLast() {
      place = reused
      slots[place] = slot
    } else {
      place = slots.count
      slots.append(slot)
    }
    places[digest] = place
    linkAsNewest(place)
  }

  mutating func removeAll() { self = VerifiedTokenCache(capacity: capacity) }

  mutating func removeAll(where isGone: (VerifiedPlayerToken) -> Bool) {
    for place in Array(places.values) where isGone(slots[place].token) { remove(place) }
  }

  private mutating func remove(_ place: Int) {
    unlink(place)
    places[slots[place].digest] = nil
    free.append(place)
  }

  private mutating func unlink(_ place: Int) {
    let (newer, older) = (slots[place].newer, slots[place].older)
    if newer == Self.none { newest = older } else { slots[newer].older = older }
    if older == Self.none { oldest = newer } else { slots[older].newer = newer }
  }

  private mutating func linkAsNewest(_ place: Int) {
    slots[place].newer = Self.none
    slots[place].older = newest
    if newest != Self.none { slots[newest].newer = place }
    newest = place
    if oldest == Self.none { oldest = place }
  }
}
