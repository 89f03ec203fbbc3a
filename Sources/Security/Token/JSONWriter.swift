/// Writes the one object that a token part is, members in the order in which they are given.
struct JSONWriter {
  private var text: [UInt8] = [UInt8(ascii: "{")]

  var finished: [UInt8] { text + [UInt8(ascii: "}")] }

  mutating func member(_ name: String, _ value: String) {
    begin(name)
    string(value)
  }

  mutating func member(_ name: String, _ value: Int64) {
    begin(name)
    text.append(contentsOf: String(value).utf8)
  }

  mutating func member(_ name: String, _ values: [Int64]) {
    begin(name)
    text.append(contentsOf: "[\(values.map(String.init).joined(separator: ","))]".utf8)
  }

  /// `nbf` equals `iat`: a token is good from the second it was made.
  mutating func times(issuedAt: Int64, expiresAt: Int64) {
    member("iat", issuedAt)
    member("nbf", issuedAt)
    member("exp", expiresAt)
  }

  private mutating func begin(_ name: String) {
    if text.count > 1 { text.append(UInt8(ascii: ",")) }
    string(name)
    text.append(UInt8(ascii: ":"))
  }

  private mutating func string(_ value: String) {
    text.append(UInt8(ascii: "\""))
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 0x00...0x1F: text.append(contentsOf: ((byte < 16 ? "\\u000" : "\\u00") + String(byte, radix: 16)).utf8)
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}
