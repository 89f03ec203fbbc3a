package import Kernel

/// When a key of players' tokens may be taken from the verifiers: not before the last token that it signed has ended (S0-JWT-06). Pure.
package enum KeyRetirementRules {
  /// What is added to the lives of both tokens, for clocks and for a roll-out that takes its time.
  package static let marginSeconds: Int64 = 60 * 60

  package enum Refusal: Error, Hashable, Sendable {
    case unknownKey
    /// The key, or none of the others, tells its day (`YYYYMMDD-N`), so that nobody knows since when it isn't used.
    case notDated
    /// No later key is accepted: this one still signs.
    case noSuccessor
    case tooEarly(successor: KeyID, until: Timestamp)
  }

  /// - Parameters:
  ///   - keys: those that are accepted now.
  ///   - accessSeconds: `JWT_EXPIRE_MIN`.
  ///   - refreshSeconds: `REFRESH_TOKEN_TTL`.
  package static func check(
    _ key: KeyID, among keys: [KeyID], accessSeconds: Int64, refreshSeconds: Int64, now: Timestamp
  ) throws(Refusal) {
    guard keys.contains(key) else { throw .unknownKey }
    guard let own = Dated(key) else { throw .notDated }
    let others = keys.filter { $0 != key }
    let later = others.compactMap { Dated($0) }.filter { own < $0 }
    guard let successor = later.min() else { throw others.contains { Dated($0) == nil } ? .notDated : .noSuccessor }
    // The successor may have begun to sign at the end of its day.
    let until = successor.endOfDay.advanced(bySeconds: accessSeconds + refreshSeconds + marginSeconds)
    guard now >= until else { throw .tooEarly(successor: successor.key, until: until) }
  }

  /// A key id that tells the day on which the key was made.
  private struct Dated: Comparable {
    let key: KeyID
    private let day: Int64
    private let number: UInt16

    init?(_ key: KeyID) {
      let parts = key.rawValue.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].utf8.count == 8, let number = UInt16(parts[1]), let date = Int64(parts[0]), date > 0 else {
        return nil
      }
      let day = Self.days(year: date / 10_000, month: date / 100 % 100, day: date % 100)
      // A day that doesn't exist is no day.
      guard KeyID.dated(Timestamp(seconds: day * 86_400), number: number).rawValue == key.rawValue else { return nil }
      self.key = key
      self.day = day
      self.number = number
    }

    var endOfDay: Timestamp { Timestamp(seconds: (day + 1) * 86_400) }

    static func < (left: Dated, right: Dated) -> Bool { (left.day, left.number) < (right.day, right.number) }

    /// Days since 1970-01-01, after Howard Hinnant's `days_from_civil`.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
      let shifted = month <= 2 ? year - 1 : year
      let era = (shifted >= 0 ? shifted : shifted - 399) / 400
      let yearOfEra = shifted - era * 400
      let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
      return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
  }
}
