extension Timestamp {
  private static let wholeLength = 20

  /// `2026-11-25T12:00:00Z`, with one to six digits of a second's fraction where they are given, and nothing else: what ``description`` prints
  /// is read again. What isn't a date (February 30) is noticed because its day is spelled otherwise.
  package init?(text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard let fraction = Self.fraction(of: bytes) else { return nil }
    let whole = bytes.prefix(Self.wholeLength - 1) + [UInt8(ascii: "Z")]
    let fields = whole.split(whereSeparator: { !(0x30...0x39).contains($0) }).compactMap { Int64(String(decoding: $0, as: UTF8.self)) }
    guard fields.count == 6, (1...12).contains(fields[1]) else { return nil }
    let time = Timestamp(seconds: Self.days(fields[0], fields[1], fields[2]) * 86_400 + fields[3] * 3600 + fields[4] * 60 + fields[5])
    guard "\(time.description.prefix(Self.wholeLength - 1))Z" == String(decoding: whole, as: UTF8.self) else { return nil }
    self = Timestamp(microseconds: time.microseconds + fraction)
  }

  /// - Returns: microseconds; nil for what isn't of this form.
  private static func fraction(of bytes: [UInt8]) -> Int64? {
    guard bytes.count >= wholeLength, bytes.last == UInt8(ascii: "Z") else { return nil }
    let rest = bytes.dropFirst(wholeLength - 1).dropLast()
    guard let point = rest.first else { return 0 }
    let digits = rest.dropFirst()
    guard point == UInt8(ascii: "."), (1...6).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let padded = String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: 6 - digits.count)
    return Int64(padded)
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
