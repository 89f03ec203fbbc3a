import Evidence
import Kernel
import Testing

@Suite("The key history")
struct KeyHistoryTests {
  static let start = Timestamp(seconds: 1_764_028_800)

  static func history(of count: UInt8 = 3) throws -> KeyHistory {
    let name = try #require(OperatorName("cordon.example"))
    var history = KeyHistory(first: try KeyRecord(first: SignedNoteTests.fixedKey(1), of: name, from: start))
    for number in 2...max(count, 2) where number <= count {
      let last = try #require(history.records.last)
      history = try history.adding(
        KeyRecord(
          SignedNoteTests.fixedKey(number), after: last, signedBy: SignedNoteTests.fixedKey(number - 1),
          from: start.advanced(bySeconds: Int64(number) * 1000), approval: "approval-\(number)"))
    }
    return history
  }

  static func vkey(_ number: UInt8, _ name: String = "cordon.example/keys") throws -> VerifierKey {
    try SignedNoteTests.fixedKey(number).verifierKey(try #require(KeyName(name)))
  }

  @Test(
    "an offline verifier that trusts one key accepts those it was followed by and those it followed, and no other operator's")
  func trust() throws {
    let history = try Self.history()
    for number: UInt8 in 1...3 { #expect(history.isTrusted(by: [try Self.vkey(number)])) }
    #expect(!history.isTrusted(by: [try Self.vkey(4)]) && !history.isTrusted(by: []))
    #expect(!history.isTrusted(by: [try Self.vkey(1, "other.example/keys")]))
    #expect(
      !history.isTrusted(by: [try SignedNoteTests.fixedKey(1).verifierKey(try #require(KeyName("cordon.example/keys")), .cosignature)]))
  }

  @Test("without the record that the old key signed, the new key is flagged")
  func delegation() throws {
    let history = try Self.history(of: 1)
    let record = try #require(history.records.first)
    let forged = try KeyRecordForgery.record(2, after: record, signers: [SignedNoteTests.fixedKey(9), SignedNoteTests.fixedKey(2)])
    #expect(throws: NoteFault.self) { try KeyHistory(bytes: history.bytes + forged) }
    let alone = try KeyRecordForgery.record(2, after: record, signers: [SignedNoteTests.fixedKey(2)])
    #expect(throws: NoteFault.self) { try KeyHistory(bytes: history.bytes + alone) }
    let genuine = try KeyRecordForgery.record(2, after: record, signers: [SignedNoteTests.fixedKey(1), SignedNoteTests.fixedKey(2)])
    #expect(try KeyHistory(bytes: history.bytes + genuine).records.count == 2)
  }

  @Test("a key signs from its time until the next one's")
  func times() throws {
    let history = try Self.history()
    let (first, second) = (history.records[0], history.records[1])
    #expect(history.isValid(first, at: Self.start) && !history.isValid(first, at: Self.start.advanced(bySeconds: -1)))
    #expect(history.isValid(first, at: second.from.advanced(bySeconds: -1)) && !history.isValid(first, at: second.from))
    #expect(history.isValid(second, at: second.from) && history.isValid(history.records[2], at: Timestamp(seconds: 9_000_000_000)))
    #expect(history.record(at: second.from) == second && history.record(at: Timestamp(seconds: 0)) == nil)
  }

  @Test("every changed byte of a history is refused, so no old key can be taken out or changed")
  func everyByte() throws {
    let history = try Self.history(of: 2)
    #expect(try KeyHistory(bytes: history.bytes) == history)
    Mutations(original: history.bytes).forEach { name, bytes in
      // The one history that is a beginning of another is that history at an earlier time.
      guard bytes != history.records[0].note.bytes else { return }
      #expect(throws: NoteFault.self, "\(name)") { try KeyHistory(bytes: bytes) }
    }
    #expect(throws: NoteFault.self) { try KeyHistory(bytes: history.records[1].note.bytes) }
    #expect(throws: NoteFault.self) { try KeyHistory(bytes: history.bytes + history.records[1].note.bytes) }
  }

  @Test("the published history is what this program writes")
  func vector() throws {
    let document = try Repository.text("docs/formats/key-history.md")
    let indented = String(decoding: try Self.history(of: 2).bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    #expect(document.contains(indented), "\(indented)")
  }
}
