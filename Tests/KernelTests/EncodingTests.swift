import Kernel
import Testing

@Suite("Text encodings have one spelling per value")
struct EncodingTests {
  @Test("Base64url round trip of every length", arguments: 0...65)
  func roundTrip(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
    #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
    #expect(Hexadecimal.decode(Hexadecimal.encode(bytes)) == bytes)
  }

  @Test("Base64url known values (RFC 4648 section 10)")
  func known() {
    #expect(Base64URL.encode(Array("foobar".utf8)) == "Zm9vYmFy")
    #expect(Base64URL.encode(Array("fo".utf8)) == "Zm8")
    #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
  }

  @Test("Second spellings are refused", arguments: ["Zm8=", "Zm9=", "Zm9", "Z", "+_8", "Zm8 ", "Zg==", "-_9"])
  func refuses(text: String) {
    #expect(Base64URL.decode(text) == nil || Base64URL.encode(Base64URL.decode(text) ?? []) == text)
    if text != "Zm9" { #expect(Base64URL.decode(text) == nil) }
  }

  @Test("Hexadecimal refuses odd lengths, capitals and other characters", arguments: ["0", "AB", "0g", " 0"])
  func refusesHex(text: String) {
    #expect(Hexadecimal.decode(text) == nil)
  }
}
