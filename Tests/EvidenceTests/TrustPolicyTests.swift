import Evidence
import Kernel
import Testing

@Suite("The trust policy")
struct TrustPolicyTests {
  static func witness(_ number: UInt8) throws -> (key: SigningKey, name: KeyName, vkey: VerifierKey) {
    let key = SignedNoteTests.fixedKey(100 + number)
    let name = try #require(KeyName("witness.example/w\(number)"))
    return (key, name, try key.verifierKey(name, .cosignature))
  }

  static func policy(_ lines: String) throws -> TrustPolicy {
    var text = "# witnesses\n\n"
    for number: UInt8 in 1...4 { text += "witness  w\(number)\t\(try witness(number).vkey) https://w\(number).example\n" }
    return try TrustPolicy(text: Array("\(text)\(lines)\n".utf8))
  }

  @Test("a quorum of groups is met by the sets of witnesses that meet it, and by no other")
  func quorum() throws {
    let policy = try Self.policy("group two 2 w1 w2 w3\ngroup both all two w4\nquorum both")
    let signed = try SignedCheckpoint(
      signing: try #require(SignedNoteTests.checkpoint), with: SignedNoteTests.key, at: Timestamp(seconds: 1_764_028_800))
    for set in 0..<16 {
      var lines: [NoteSignature] = []
      for number: UInt8 in 1...4 where set & 1 << (Int(number) - 1) != 0 {
        let witness = try Self.witness(number)
        lines.append(try witness.key.cosign(signed.note.text, as: witness.name, atSeconds: 1_764_028_801))
      }
      let three = (set & 7).nonzeroBitCount >= 2
      #expect(try policy.isSatisfied(by: signed.adding(lines).note) == (three && set & 8 != 0), "\(set)")
    }
    #expect(try Self.policy("quorum none").isSatisfied(by: signed.note))
    #expect(try !Self.policy("quorum w1").isSatisfied(by: signed.note))
    #expect(try Self.policy("quorum none").isWithoutQuorum)
  }

  @Test("a false cosignature of a known witness refuses the note, one of an unknown witness is ignored")
  func falseCosignature() throws {
    let policy = try Self.policy("quorum w1")
    let signed = try SignedCheckpoint(
      signing: try #require(SignedNoteTests.checkpoint), with: SignedNoteTests.key, at: Timestamp(seconds: 1_764_028_800))
    let (one, two) = (try Self.witness(1), try Self.witness(2))
    let good = try one.key.cosign(signed.note.text, as: one.name, atSeconds: 5)
    let bad = NoteSignature(name: two.name, keyID: two.vkey.id, bytes: good.bytes)
    #expect(throws: NoteFault.self) { try policy.isSatisfied(by: signed.adding([good, bad]).note) }
    let stranger = NoteSignature(name: two.name, keyID: two.vkey.id ^ 1, bytes: good.bytes)
    #expect(try policy.isSatisfied(by: signed.adding([good, stranger]).note))
  }

  @Test(
    "policies that contradict themselves are refused",
    arguments: [
      "", "quorum w9", "quorum w1\nquorum w1", "group g 2 w1\nquorum g", "group g 0 w1\nquorum g", "group g any\nquorum w1",
      "group g any w1 w1\nquorum g",
      "group g any w1\ngroup h any w1\nquorum h", "group none any w1\nquorum none", "group w1 any w2\nquorum w1",
      "quorum g\ngroup g any w1",
      "group g some w1\nquorum g", "witness x \(SignedNoteTests.publishedKey)\nquorum none", "hello\nquorum none", "quorum none\u{1}",
      "log x\nquorum none",
    ])
  func refused(_ lines: String) {
    #expect(throws: NoteFault.self) { try Self.policy(lines) }
  }
}
