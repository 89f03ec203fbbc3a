internal import Kernel

/// The one spelling of a JSON value that PostgreSQL prints for a `jsonb`: `", "` and `": "` between things, no other white space; an object's
/// keys once each, shorter before longer, then by their bytes; numbers in decimal without exponent; in strings only `"`, `\` and control
/// characters escaped, these by their letter where they have one and else by four lower-case hexadecimal digits.
struct PrintedJSON {
  private static let depthMax = 64

  private let bytes: [UInt8]
  private var position = 0

  /// Whether the bytes, which are UTF-8, are such a spelling.
  static func isOne(_ bytes: [UInt8]) -> Bool {
    var reader = PrintedJSON(bytes)
    return reader.value(depth: 0) && reader.position == bytes.count
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ text: StaticString) -> Bool {
    let taken = text.withUTF8Buffer { bytes[position...].starts(with: $0) }
    if taken { position += text.utf8CodeUnitCount }
    return taken
  }

  private mutating func value(depth: Int) -> Bool {
    guard depth < Self.depthMax, let next else { return false }
    switch next {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string() != nil
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    default: return take("true") || take("false") || take("null")
    }
  }

  private mutating func array(depth: Int) -> Bool {
    guard take("["), !take("]") else { return true }
    repeat {
      guard value(depth: depth + 1) else { return false }
    } while take(", ")
    return take("]")
  }

  private mutating func object(depth: Int) -> Bool {
    guard take("{"), !take("}") else { return true }
    var previous: [UInt8]?
    repeat {
      guard let key = string(), previous.map({ Self.precedes($0, key) }) ?? true, take(": "), value(depth: depth + 1) else { return false }
      previous = key
    } while take(", ")
    return take("}")
  }

  private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
  }

  private mutating func number() -> Bool {
    let start = position
    let isNegative = take("-")
    guard let first = next, digits() else { return false }
    let integral = position - start - (isNegative ? 1 : 0)
    guard first != UInt8(ascii: "0") || integral == 1 else { return false }
    if take("."), !digits() { return false }
    return !isNegative || bytes[start..<position].contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
  }

  private mutating func digits() -> Bool {
    let start = position
    while let next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { position += 1 }
    return position > start
  }

  /// What the string stands for; nil where it is spelled otherwise.
  private mutating func string() -> [UInt8]? {
    guard take("\"") else { return nil }
    var text: [UInt8] = []
    while let next {
      position += 1
      switch next {
      case UInt8(ascii: "\""): return text
      case UInt8(ascii: "\\"):
        guard let character = escaped() else { return nil }
        text.append(character)
      case ..<0x20: return nil
      default: text.append(next)
      }
    }
    return nil
  }

  private static let letters: [UInt8: UInt8] = [
    UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
    UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]

  private mutating func escaped() -> UInt8? {
    guard let letter = next else { return nil }
    position += 1
    if let character = Self.letters[letter] { return character }
    guard letter == UInt8(ascii: "u"), bytes.count - position >= 4 else { return nil }
    let digits = bytes[position..<position + 4]
    position += 4
    guard let code = Hexadecimal.decode(String(decoding: digits, as: UTF8.self)), code[0] == 0, (1..<0x20).contains(code[1]) else {
      return nil
    }
    return Self.letters.values.contains(code[1]) ? nil : code[1]
  }
}
