extension Timestamp {
  /// `2026-11-25T12:00:00Z`: RFC 3339 in UTC with whole seconds, and nothing else. What isn't a date (February 30) is noticed because its day is
  /// spelled otherwise.
  package init?(text: some StringProtocol) {
    let fields = text.utf8.split(whereSeparator: { !(0x30...0x39).contains($0) }).compactMap { Int64(String(decoding: $0, as: UTF8.self)) }
    guard fields.count == 6, text.utf8.count == 20, (1...12).contains(fields[1]) else { return nil }
    let day = Self.days(fields[0], fields[1], fields[2])
    let time = Timestamp(seconds: day * 86_400 + fields[3] * 3600 + fields[4] * 60 + fields[5])
    guard "\(time.description.prefix(19))Z" == text else { return nil }
    self = time
  }

  /// Days since 1970-01-01, after Howard Hinnant's `days_from_civil`.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
