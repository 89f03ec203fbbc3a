internal import Kernel

/// Reads JSON whose members stand in one order and are spelled in one way: what was signed is then what is read.
struct FixedJSONReader {
  private let bytes: [UInt8]
  private let name: String
  private var position = 0

  /// - Parameter name: what is read, as messages call it.
  init(_ bytes: [UInt8], of name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// Goes on behind these characters, if they come next.
  mutating func takes(_ text: String) -> Bool {
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  mutating func literal(_ text: String) throws(NoteFault) {
    guard takes(text) else { throw NoteFault("\(name) has no \(text) at byte \(position)") }
  }

  /// A string after these characters. Strings that JSON would escape aren't written.
  mutating func text(_ before: String) throws(NoteFault) -> String {
    try literal(before + "\"")
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\"")) else { throw NoteFault("\(name) ends within a string") }
    let inside = bytes[position..<end]
    guard inside.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else {
      throw NoteFault("a string of \(name) isn't plain ASCII")
    }
    position = end + 1
    return String(decoding: inside, as: UTF8.self)
  }

  /// A number after these characters, from 0.
  mutating func number(_ before: String) throws(NoteFault) -> Int64 {
    try literal(before)
    let digits = bytes[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let number = Decimal64.parse(String(decoding: digits, as: UTF8.self)) else {
      throw NoteFault("\(name) has no number at byte \(position)")
    }
    position += digits.count
    return number
  }

  /// The last characters, after which nothing may come.
  mutating func end(_ text: String) throws(NoteFault) {
    try literal(text)
    guard position == bytes.count else { throw NoteFault("\(name) goes on after its end") }
  }
}
