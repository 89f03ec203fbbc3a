import Kernel
import Testing

@Suite("Timestamps")
struct TimestampTests {
  @Test(
    "RFC 3339 in UTC with microseconds",
    arguments: [
      (Int64(0), "1970-01-01T00:00:00.000000Z"), (951_782_400_000_001, "2000-02-29T00:00:00.000001Z"),
      (1_795_232_400_000_000, "2026-11-21T03:40:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
      (4_107_542_399_999_999, "2100-02-28T23:59:59.999999Z"),
    ])
  func text(microseconds: Int64, expected: String) {
    #expect(Timestamp(microseconds: microseconds).description == expected)
    #expect(Timestamp(text: expected)?.microseconds == microseconds)
  }

  @Test(
    "what people type is read, with a fraction and without",
    arguments: [
      ("2026-11-21T03:40:00Z", Int64(1_795_232_400_000_000)), ("2026-11-21T03:40:00.5Z", 1_795_232_400_500_000),
      ("2026-11-21T03:40:00.000001Z", 1_795_232_400_000_001),
    ])
  func typed(text: String, microseconds: Int64) {
    #expect(Timestamp(text: text)?.microseconds == microseconds)
  }

  @Test(
    "anything else is no moment",
    arguments: [
      "", "Z", "2026-11-21T03:40:00", "2026-11-21 03:40:00Z", "2026-02-30T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T03:40:60Z",
      "2026-11-21T03:40:00.Z", "2026-11-21T03:40:00.1234567Z", "2026-11-21T03:40:00,5Z", "2026-11-21T03:40:00.-5Z",
      "2026-11-21T03:40:00.5+01:00",
      "2026-11-21T03:40:00.\u{661}Z", "99999-01-01T00:00:00Z", "2026-13-01T00:00:00Z",
    ])
  func refused(text: String) {
    #expect(Timestamp(text: text) == nil)
  }

  @Test("UUIDv7 values carry their time first, so later ones sort later")
  func timeOrdered() {
    let early = UUIDv7(at: Timestamp(seconds: 1_000), random: (.max, .max))
    let late = UUIDv7(at: Timestamp(seconds: 1_001), random: (0, 0))
    #expect(early.description < late.description)
    let version = early.description.dropFirst(14).first
    let variant = early.description.dropFirst(19).first
    #expect(version == "7")
    #expect(variant == "b")
    #expect(early.bytes.count == 16)
  }
}
