import HTTPTypes
import Kernel
import Postgres
import Testing

@testable import Game

@Suite("What is kept of a callback")
struct DeadLetterRuleTests {
  @Test("values of headers that may be secrets are kept as digests, the others as they came")
  func headers() throws {
    let secret = "c2lnbmF0dXJlLW9mLXRoZS1ib2R5"
    var fields: HTTPFields = [
      .contentType: "application/xml", .userAgent: "mg/2.1", .authorization: "Bearer \(secret)", .cookie: "s=\(secret)",
    ]
    let names = ["X-MG-Signature", "X-Auth-Token", "X-Api-Key", "Digest", "X-Session-Id", "X-Client-Secret"]
    for name in names { fields.append(HTTPField(name: try #require(HTTPField.Name(name)), value: secret)) }
    let letter = DeadLetterBench.letter(headers: fields)
    #expect(!"\(letter)".contains(secret))
    #expect(letter.headers["user-agent"] == ["mg/2.1"])
    #expect(letter.contentType == "application/xml")
    let digests = names.compactMap { letter.headers[$0.lowercased()]?.first }
    #expect(digests.count == names.count && digests.allSatisfy { $0 == DeadLetterDigest.text(secret) })
    // A replay gets none of the digests in place of what they stand for.
    #expect(Set(letter.replayHeaders.map { $0.name.canonicalName }) == ["content-type", "user-agent"])
  }

  @Test("text that PostgreSQL or a terminal would mind is made harmless, and long text is cut at a whole character")
  func texts() {
    #expect(DeadLetterTextRules.storable("a\u{0}b", bytesMax: 10) == "a\u{FFFD}b")
    #expect(DeadLetterTextRules.storable("äää", bytesMax: 5) == "ää")
    #expect(DeadLetterTextRules.word("a b\n#7 provider=x%") == "a%20b%0A#7%20provider=x%25")
    #expect(DeadLetterTextRules.word("ä\u{1B}[2J") == "%C3%A4%1B[2J")
    #expect(DeadLetterTextRules.harmless("a\u{1B}[2J\nb\u{202E}") == "a\\u{1b}[2J\nb\\u{202e}")
  }

  @Test("payload_json is the body where jsonb can hold it, and nothing where it can't")
  func payloads() {
    for body in [#"{"a": 1.50, "b":["x",null,true]}"#, "[]", #""text""#] {
      #expect(DeadLetterPayload.json(of: Array(body.utf8))?.text == body)
    }
    for body in ["", "a=1&b=2", "<xml/>", #"{"a":1,"a":2}"#, #"{"a":"\u0000"}"#, #"{"\u0000":1}"#, "1e400", #"{"a":NaN}"#] {
      #expect(DeadLetterPayload.json(of: Array(body.utf8)) == nil, "\(body)")
    }
    #expect(DeadLetterPayload.json(of: [0x22, 0xFF, 0x22]) == nil)
    #expect(DeadLetterPayload.json(of: Array((String(repeating: "9", count: 65)).utf8)) == nil)
  }

  @Test("a file of the spool gives the letter back, and is nothing once a byte of it is changed, missing or too many")
  func files() throws {
    let letter = DeadLetterBench.letter(
      bytes: Array(0...255), "a\"\u{1F600}\n", headers: [.userAgent: "x", .accept: "y"], requestID: "r\\1")
    let bytes = DeadLetterFile.bytes(of: letter)
    #expect(DeadLetterFile.letter(in: bytes) == letter)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x01
      #expect(DeadLetterFile.letter(in: changed) == nil, "byte \(index)")
      #expect(DeadLetterFile.letter(in: Array(bytes[..<index])) == nil, "cut at \(index)")
    }
    #expect(DeadLetterFile.letter(in: bytes + [0x20]) == nil)
  }
}
