/// Reads libpg_query's trees. They are its own printing of what it parsed, so that this refuses little and trusts the form.
struct ParseTreeReader {
  private let bytes: [UInt8]
  private var position = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// - Returns: nil for a text that ends early.
  static func read(_ text: String) -> ParseNode? {
    var reader = ParseTreeReader(text)
    return reader.value()
  }

  private mutating func value() -> ParseNode? {
    skipSpace()
    guard position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return members()
    case UInt8(ascii: "["): return items()
    case UInt8(ascii: "\""): return string().map { .text($0) }
    default: return word()
    }
  }

  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] <= 0x20 || bytes[position] == UInt8(ascii: ",") || bytes[position] == UInt8(ascii: ":") {
      position += 1
    }
  }

  private mutating func members() -> ParseNode? {
    position += 1
    var members: [String: ParseNode] = [:]
    while true {
      skipSpace()
      guard position < bytes.count else { return nil }
      if bytes[position] == UInt8(ascii: "}") {
        position += 1
        return .node(members)
      }
      guard let name = string(), let value = value() else { return nil }
      members[name] = value
    }
  }

  private mutating func items() -> ParseNode? {
    position += 1
    var items: [ParseNode] = []
    while true {
      skipSpace()
      guard position < bytes.count else { return nil }
      if bytes[position] == UInt8(ascii: "]") {
        position += 1
        return .list(items)
      }
      guard let value = value() else { return nil }
      items.append(value)
    }
  }

  private mutating func word() -> ParseNode? {
    let start = position
    while position < bytes.count, !",]}: \n".utf8.contains(bytes[position]) { position += 1 }
    guard position > start else { return nil }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "null": return .null
    default: return Int(word).map { .number($0) } ?? .text(word)
    }
  }

  private mutating func string() -> String? {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
    position += 1
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      if byte != UInt8(ascii: "\\") {
        text.append(byte)
      } else if let character = escape() {
        text.append(contentsOf: character)
      } else {
        return nil
      }
    }
    return nil
  }

  private mutating func escape() -> [UInt8]? {
    guard position < bytes.count else { return nil }
    let sign = bytes[position]
    position += 1
    switch sign {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "u"):
      guard position + 4 <= bytes.count,
        let code = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
      else { return nil }
      position += 4
      return Array(String(Character(Unicode.Scalar(code) ?? "?")).utf8)
    default: return [sign]
    }
  }
}
