/// JSON written straight into bytes, for bodies that every command pays for. The caller sees to it that punctuation and names are in their
/// places (`json.put(",\"amount\":", amount)`); strings are escaped here, in the way of `JSONEncoder`.
package struct JSONBuffer: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init(reserving count: Int = 256) { bytes.reserveCapacity(count) }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package mutating func put(_ json: StaticString) {
    json.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  package mutating func put(_ json: StaticString, _ value: String) {
    put(json)
    bytes.append(UInt8(ascii: "\""))
    var value = value
    value.withUTF8 { text in
      if text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
        bytes.append(contentsOf: text)
      } else {
        for byte in text { appendEscaped(byte) }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  package mutating func put(_ json: StaticString, _ value: Int64) {
    put(json)
    var magnitude = value.magnitude
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10))
      magnitude /= 10
    } while magnitude > 0
    bytes[start...].reverse()
  }

  package mutating func put(_ json: StaticString, _ value: Bool) {
    put(json)
    put(value ? "true" : "false")
  }

  /// JSON that is written already.
  package mutating func put(_ json: StaticString, json written: [UInt8]) {
    put(json)
    bytes.append(contentsOf: written)
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): put("\\\"")
    case UInt8(ascii: "\\"): put("\\\\")
    case 0x08: put("\\b")
    case 0x0C: put("\\f")
    case UInt8(ascii: "\n"): put("\\n")
    case UInt8(ascii: "\r"): put("\\r")
    case UInt8(ascii: "\t"): put("\\t")
    case ..<0x20:
      put("\\u00")
      for nibble in [byte >> 4, byte & 15] { bytes.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10) }
    default: bytes.append(byte)
    }
  }
}
