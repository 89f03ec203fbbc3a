/// Ids of transactions, rounds and requests: part of keys and answers, so nothing that means something elsewhere is in them.
enum CallbackIdentifier {
  static let charactersMax = 128
  /// Tokens and accounts, which are looked up and not built into anything.
  static let textBytesMax = 256

  static func isIdentifier(_ text: some StringProtocol) -> Bool {
    (1...charactersMax).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  static func isText(_ text: some StringProtocol) -> Bool { (1...textBytesMax).contains(text.utf8.count) }
}
