import Kernel
import Testing

@Suite("Idempotency keys")
struct IdempotencyKeyTests {
  @Test(
    "Bare and quoted spellings of one key are one key",
    arguments: [("abc", "abc"), (#""abc""#, "abc"), (#""a\"b\\c""#, #"a"b\c"#), ("brand2:bet:1", "brand2:bet:1")])
  func accepts(header: String, key: String) {
    #expect(IdempotencyKey(header: header)?.rawValue == key)
  }

  @Test(
    "Anything else is refused",
    arguments: [
      "", #""""#, #"""#, #""abc"#, #"abc""#, #"a"b"#, #""a"b""#, #""a\b""#, #""a\""#, "a b", "é", "a\u{7F}",
      String(repeating: "k", count: 256),
    ])
  func refuses(header: String) {
    #expect(IdempotencyKey(header: header) == nil)
  }

  @Test("The longest key has 255 characters")
  func longest() {
    #expect(IdempotencyKey(header: String(repeating: "k", count: 255)) != nil)
  }
}
