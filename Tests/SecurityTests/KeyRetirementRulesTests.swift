internal import Kernel
@testable internal import Security
internal import Testing

@Suite struct KeyRetirementRulesTests {
  private static func keys(_ names: [String]) -> [KeyID] { names.compactMap { KeyID($0) } }

  private static func check(_ key: String, _ keys: [String], at seconds: Int64) throws(KeyRetirementRules.Refusal) {
    guard let key = KeyID(key) else { throw .unknownKey }
    try KeyRetirementRules.check(
      key, among: Self.keys(keys), accessSeconds: 3600, refreshSeconds: 604_800, now: Timestamp(seconds: seconds))
  }

  /// 2026-11-22T00:00:00Z, the end of the successor's day.
  private static let endOfDay: Int64 = 1_795_305_600

  @Test("S0-JWT-06 a key may go when both tokens' lives and an hour have passed since its successor's day, and not a second before")
  func overlap() throws {
    #expect(Timestamp(seconds: Self.endOfDay).description == "2026-11-22T00:00:00.000000Z")
    let until = Self.endOfDay + 3600 + 604_800 + 3600
    let keys = ["20261101-1", "20261121-1"]
    for early in [0, Self.endOfDay, until - 1] as [Int64] {
      #expect(throws: KeyRetirementRules.Refusal.tooEarly(successor: Self.keys(["20261121-1"])[0], until: Timestamp(seconds: until))) {
        try Self.check("20261101-1", keys, at: early)
      }
    }
    try Self.check("20261101-1", keys, at: until)
  }

  @Test("the first key that followed counts, whether made on a later day or on the same one")
  func successor() throws {
    let late = Self.endOfDay + 3600 + 604_800 + 3600
    try Self.check("20261121-1", ["20261121-2", "20261121-1", "20270101-1"], at: late)
    #expect(throws: KeyRetirementRules.Refusal.self) { try Self.check("20261121-2", ["20261121-2", "20261121-1", "20270101-1"], at: late) }
  }

  @Test(
    "a key that still signs, is unknown or doesn't tell its day is never retired",
    arguments: [
      ("20261121-1", ["20261121-1"], KeyRetirementRules.Refusal.noSuccessor),
      ("20261121-2", ["20261121-1", "20261121-2"], .noSuccessor), ("20261121-1", ["20261122-1"], .unknownKey),
      ("old", ["old", "20261121-1"], .notDated), ("20261121-1", ["20261121-1", "new"], .notDated),
      ("20261131-1", ["20261131-1", "20261201-1"], .notDated), ("20261121-01", ["20261121-01", "20261201-1"], .notDated),
    ] as [(String, [String], KeyRetirementRules.Refusal)])
  func refused(key: String, keys: [String], refusal: KeyRetirementRules.Refusal) {
    #expect(throws: refusal) { try Self.check(key, keys, at: .max / 2_000_000) }
  }
}
