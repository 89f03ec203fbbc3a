import Evidence
import Kernel
import Testing

@Suite("Signed notes, checkpoints and cosignatures")
struct SignedNoteTests {
  static let publishedKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
  static let published = """
    This is an example message.

    \u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

    """
  static let key = fixedKey(1)
  static let checkpoint = fixedCheckpoint()

  static func fixedKey(_ number: UInt8) -> SigningKey {
    // Thirty-two bytes are a seed, so there is always a key.
    SigningKey(seed: [UInt8](repeating: number, count: SigningKey.seedByteCount)) ?? SigningKey()
  }

  static func fixedCheckpoint() -> Checkpoint? {
    KeyName("cordon.example/brand/1/wallet_ledger").map {
      Checkpoint(origin: $0, size: 3, root: MerkleTree.leafHash(of: Array("root".utf8)))
    }
  }

  @Test("the specification's example verifies with its key, whose spelling is read and written as it is")
  func publishedExample() throws {
    let key = try VerifierKey(text: Self.publishedKey)
    #expect(key.description == Self.publishedKey)
    let note = try SignedNote(bytes: Array(Self.published.utf8))
    #expect(note.bytes == Array(Self.published.utf8))
    #expect(try note.verified(by: [key]) == [key])
    #expect(String(decoding: note.text, as: UTF8.self) == "This is an example message.\n")
  }

  @Test("no other note than the one that was signed has its signature, and none is read that would be written otherwise")
  func everyByte() throws {
    let key = try VerifierKey(text: Self.publishedKey)
    var read = 0
    Mutations(original: Array(Self.published.utf8)).forEach { name, bytes in
      guard let note = try? SignedNote(bytes: bytes) else { return }
      read += 1
      #expect(note.bytes == bytes, "\(name)")
      #expect(((try? note.verified(by: [key])) ?? []) == [], "\(name)")
    }
    #expect(read > 50)
  }

  @Test(
    "keys that are spelled otherwise are refused",
    arguments: [
      "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
      "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
      "example.com/fo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2", "example.com/foo+530d903a", "a b+530d903a+AA==", "",
      "example.com/foo+530d903a+CekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ])
  func keys(_ text: String) {
    #expect(throws: NoteFault.self) { try VerifierKey(text: text) }
  }

  @Test("a note is refused for control characters, broken lines, false base64, two signatures of a key, or too many")
  func refused() throws {
    let line = "\u{2014} a AAAAAAA=\n"
    let broken = [
      "text\n\(line)", "text\n\n", "text\n\n\(line.dropLast())", "te\u{1}xt\n\n\(line)", "text\r\n\n\(line)", "text\n\n- a AAAAAAA=\n",
      "text\n\n\u{2014} a AAAAAA==\n", "text\n\n\u{2014} a AAAAAAB=\n", "text\n\n\u{2014} a+b AAAAAAA=\n", "text\n\n\u{2014}  AAAAAAA=\n",
      "text\n\n\u{2014} a\u{A0}b AAAAAAA=\n", "text\n\n\u{2014} a AAAAAAA= \n", "text\n\n\(line)\(line)", "",
      "text\n\n" + (0...64).map { "\u{2014} a\($0) AAAAAAA=\n" }.joined(),
    ]
    for text in broken { #expect(throws: NoteFault.self, "\(text)") { try SignedNote(bytes: Array(text.utf8)) } }
    #expect(throws: NoteFault.self) { try SignedNote(bytes: [0xC3, 0x0A, 0x0A] + Array(line.utf8)) }
    #expect(try SignedNote(bytes: Array("te\n\nxt\n\n\(line)".utf8)).text == Array("te\n\nxt\n".utf8))
    #expect(try SignedNote(bytes: Array(("text\n\n" + (0..<64).map { "\u{2014} a\($0) AAAAAAA=\n" }.joined()).utf8)).signatures.count == 64)
  }

  @Test("names that only look alike are different names")
  func names() throws {
    #expect(KeyName("\u{212A}") != KeyName("K"))
    #expect(KeyName("a+b") == nil && KeyName("a b") == nil && KeyName("") == nil && KeyName("a\u{2003}b") == nil)
  }

  @Test("a checkpoint has its log's signature and its time, and both are false for any other text, name, key or time")
  func checkpoints() throws {
    let checkpoint = try #require(Self.checkpoint)
    let time = Timestamp(seconds: 1_764_028_800)
    let signed = try SignedCheckpoint(signing: checkpoint, with: Self.key, at: time)
    #expect(try SignedCheckpoint(bytes: signed.bytes) == signed)
    #expect(try signed.time(signedBy: Self.key.publicKey) == time)
    #expect(throws: NoteFault.self) { try signed.time(signedBy: Self.fixedKey(2).publicKey) }
    Mutations(original: signed.bytes).forEach { name, bytes in
      guard let other = try? SignedCheckpoint(bytes: bytes) else { return }
      #expect(other.bytes == bytes, "\(name)")
      #expect((try? other.time(signedBy: Self.key.publicKey)) == nil, "\(name)")
    }
  }

  @Test("the published checkpoint of the format's document is what this program writes")
  func vector() throws {
    let signed = try SignedCheckpoint(signing: try #require(Self.checkpoint), with: Self.key, at: Timestamp(seconds: 1_764_028_800))
    let document = try Repository.text("docs/formats/checkpoint.md")
    let indented = String(decoding: signed.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    #expect(document.contains(indented), "\(indented)")
    let keys = [try Self.key.verifierKey(signed.checkpoint.origin), try Self.key.verifierKey(signed.checkpoint.origin, .cosignature)]
    for key in keys { #expect(document.contains(key.description), "\(key)") }
  }

  @Test("the text of a checkpoint has one spelling")
  func checkpointText() throws {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
    let text = "example.com/behind-the-sofa\n20852163\n\(root)\n"
    let published = try Checkpoint(text: Array(text.utf8))
    #expect(published.size == 20_852_163 && published.text == Array(text.utf8))
    #expect(try Checkpoint(text: Array("\(text)more\n".utf8)).text == Array("\(text)more\n".utf8))
    for other in [
      "\n1\n\(root)\n", "a\n01\n\(root)\n", "a\n-1\n\(root)\n", "a\n+1\n\(root)\n", "a\n1\n\(root)", "a\n1\n\(root) \n", "a\n1\nAAAA\n",
      "a\n1\n",
      "a\n1\n\(root)\n\n", "a\n1\n\(root)\n\nx\n", "a\n9223372036854775808\n\(root)\n", "a\n0\n\(root)\n", "a\n1\n\(root.dropLast(2))J=\n",
    ] {
      #expect(throws: NoteFault.self, "\(other)") { try Checkpoint(text: Array(other.utf8)) }
    }
  }

  @Test("a witness's cosignature holds for its time and this checkpoint only")
  func cosignatures() throws {
    let witness = Self.fixedKey(7)
    let name = try #require(KeyName("witness.example/w1"))
    let signed = try SignedCheckpoint(signing: try #require(Self.checkpoint), with: Self.key, at: Timestamp(seconds: 1_764_028_800))
    let line = try witness.cosign(signed.note.text, as: name, atSeconds: 1_764_028_801)
    let cosigned = try signed.adding([line])
    let key = try witness.verifierKey(name, .cosignature)
    #expect(try cosigned.note.verified(by: [key]) == [key])
    #expect(cosigned.note.signature(of: key)?.cosignedSeconds == 1_764_028_801)
    var later = line.bytes
    later[7] ^= 1
    let moved = try signed.adding([NoteSignature(name: name, keyID: line.keyID, bytes: later)])
    #expect(throws: NoteFault.self) { try moved.note.verified(by: [key]) }
    #expect(throws: NoteFault.self) { try cosigned.adding([line]) }
    // The same key as an ordinary signer has another id, so the one can't pass for the other.
    #expect(try cosigned.note.verified(by: [try witness.verifierKey(name)]) == [])
  }
}
