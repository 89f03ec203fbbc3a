internal import Kernel

/// Reads one JSON text (RFC 8259) more strictly than a decoder does.
///
/// Two readers that understand one text differently are a hole: what a check saw is then not what the code acts on. So everything
/// on which readers differ is refused: duplicate names, invalid UTF-8, lone surrogates, trailing bytes, deep nesting, `NaN`.
package struct JSONDocument: ~Copyable {
  private let bytes: [UInt8]
  private var position = 0

  private init(bytes: [UInt8]) { self.bytes = bytes }

  package static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSONValue {
    var document = JSONDocument(bytes: bytes)
    document.skipSpace()
    let value = try document.value(depth: 0)
    document.skipSpace()
    guard document.position == bytes.count else { throw document.fault("text after the value") }
    return value
  }

  private func fault(_ what: String) -> JSONFault { JSONFault(what: what, offset: position) }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func expect(_ byte: UInt8, _ what: String) throws(JSONFault) {
    guard current == byte else { throw fault("\(what) expected") }
    position += 1
  }

  private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
    guard depth <= Limits.jsonDepthMax else { throw fault("nesting deeper than \(Limits.jsonDepthMax)") }
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case .some: return .number(try number())
    case nil: throw fault("value expected")
    }
  }

  private mutating func word(_ text: String, _ value: JSONValue) throws(JSONFault) -> JSONValue {
    guard bytes[position...].starts(with: text.utf8) else { throw fault("value expected") }
    position += text.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    skipSpace()
    if current == UInt8(ascii: "}") {
      position += 1
      return .object([])
    }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw fault("member name expected") }
      let start = position
      let name = try string()
      guard isNew(name, among: members, &names) else { throw JSONFault(what: "duplicate member name", offset: start) }
      skipSpace()
      try expect(UInt8(ascii: ":"), "colon")
      skipSpace()
      members.append(JSONValue.Member(name: name, value: try value(depth: depth + 1)))
      skipSpace()
      if current == UInt8(ascii: ",") {
        position += 1
      } else {
        try expect(UInt8(ascii: "}"), "comma or closing brace")
        return .object(members)
      }
    }
  }

  /// A few names are compared one after another, which is cheaper than a set; many would make that quadratic.
  private func isNew(_ name: String, among members: [JSONValue.Member], _ names: inout Set<String>) -> Bool {
    guard members.count >= 16 else { return !members.contains { $0.name == name } }
    if names.isEmpty { names = Set(members.map(\.name)) }
    return names.insert(name).inserted
  }

  private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
    position += 1
    var items: [JSONValue] = []
    skipSpace()
    if current == UInt8(ascii: "]") {
      position += 1
      return .array([])
    }
    while true {
      skipSpace()
      items.append(try value(depth: depth + 1))
      skipSpace()
      if current == UInt8(ascii: ",") {
        position += 1
      } else {
        try expect(UInt8(ascii: "]"), "comma or closing bracket")
        return .array(items)
      }
    }
  }

  private mutating func number() throws(JSONFault) -> String {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    let whole = try digits()
    guard whole == 1 || bytes[position - whole] != UInt8(ascii: "0") else { throw fault("number with a leading zero") }
    if current == UInt8(ascii: ".") {
      position += 1
      _ = try digits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      _ = try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(JSONFault) -> Int {
    let start = position
    while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
    guard position > start else { throw fault("value expected") }
    return position - start
  }

  private mutating func string() throws(JSONFault) -> String {
    position += 1
    let start = position
    // Most strings have no escape: they end where they are cut.
    while let byte = current, byte >= 0x20, byte != UInt8(ascii: "\\"), byte != UInt8(ascii: "\"") { position += 1 }
    if current == UInt8(ascii: "\"") {
      guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
        throw JSONFault(what: "invalid UTF-8", offset: start)
      }
      position += 1
      return text
    }
    var unescaped = Array(bytes[start..<position])
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard let text = String(validating: unescaped, as: UTF8.self) else { throw JSONFault(what: "invalid UTF-8", offset: start) }
        return text
      case UInt8(ascii: "\\"):
        position += 1
        unescaped.append(contentsOf: try escape())
      case 0x00...0x1F:
        throw fault("control character in a string")
      default:
        unescaped.append(byte)
        position += 1
      }
    }
    throw fault("end of a string expected")
  }

  private mutating func escape() throws(JSONFault) -> [UInt8] {
    guard let sign = current else { throw fault("escape expected") }
    position += 1
    switch sign {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [sign]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
    default: throw fault("unknown escape")
    }
  }

  /// The scalar of a `\u` escape, or of two that form a surrogate pair.
  private mutating func scalar() throws(JSONFault) -> Unicode.Scalar {
    let first = try hexadecimal()
    guard (0xD800...0xDBFF).contains(first) else {
      guard let scalar = Unicode.Scalar(first) else { throw fault("lone surrogate") }
      return scalar
    }
    guard current == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") else {
      throw fault("lone surrogate")
    }
    position += 2
    let second = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(second), let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) else {
      throw fault("lone surrogate")
    }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
    guard position + 4 <= bytes.count else { throw fault("four hexadecimal digits expected") }
    var value: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw fault("four hexadecimal digits expected") }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }
}
