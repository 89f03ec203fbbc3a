/// A moment in UTC, in microseconds since 1970-01-01 (PostgreSQL's resolution).
package struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package init(seconds: Int64) { self.microseconds = seconds * 1_000_000 }

  /// Nil for a count whose microseconds don't fit: for seconds that came from outside.
  package init?(checkingSeconds seconds: Int64) {
    let (microseconds, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000)
    guard !overflows else { return nil }
    self.microseconds = microseconds
  }

  /// Whole seconds since 1970, rounded down.
  package var seconds: Int64 { microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000 }

  package func advanced(bySeconds seconds: Int64) -> Timestamp {
    Timestamp(microseconds: microseconds + seconds * 1_000_000)
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

  /// RFC 3339 in UTC with microseconds: `2026-11-21T03:40:00.000000Z`.
  package var description: String {
    let day = Int64((Double(seconds) / 86_400).rounded(.down))
    let (year, month, dayOfMonth) = Self.civil(fromDays: day)
    let rest = seconds - day * 86_400
    let prefix = (0...9999).contains(year) ? "" : (year < 0 ? "-" : "") + String(abs(year) / 10_000)
    // Every answer and event has some of these, so they are written digit by digit into their places.
    return prefix
      + String(unsafeUninitializedCapacity: 27) { text in
        Self.write(abs(year % 10_000), 4, "-", at: 0, text)
        Self.write(month, 2, "-", at: 5, text)
        Self.write(dayOfMonth, 2, "T", at: 8, text)
        Self.write(rest / 3600, 2, ":", at: 11, text)
        Self.write(rest / 60 % 60, 2, ":", at: 14, text)
        Self.write(rest % 60, 2, ".", at: 17, text)
        Self.write(microseconds - seconds * 1_000_000, 6, "Z", at: 20, text)
        return 27
      }
  }

  private static func write(
    _ value: Int64, _ width: Int, _ after: Unicode.Scalar, at position: Int, _ text: UnsafeMutableBufferPointer<UInt8>
  ) {
    var rest = value
    for index in stride(from: position + width - 1, through: position, by: -1) {
      text[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    text[position + width] = UInt8(ascii: after)
  }

  /// The proleptic Gregorian date of a day number (days since 1970-01-01), after Howard Hinnant's `civil_from_days`.
  private static func civil(fromDays days: Int64) -> (Int64, Int64, Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
