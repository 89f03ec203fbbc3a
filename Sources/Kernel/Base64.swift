/// Base64 with padding (RFC 4648 section 4), strict: one spelling per value, nothing ignored.
package enum Base64 {
  private static let padding = UInt8(ascii: "=")
  private static let plus = UInt8(ascii: "+")
  private static let slash = UInt8(ascii: "/")

  package static func encode(_ bytes: some Collection<UInt8>) -> String {
    let text = Base64URL.encode(bytes)
    var characters = text.utf8.map { character in
      switch character {
      case UInt8(ascii: "-"): plus
      case UInt8(ascii: "_"): slash
      default: character
      }
    }
    while !characters.count.isMultiple(of: 4) { characters.append(padding) }
    return String(decoding: characters, as: UTF8.self)
  }

  /// Nil for missing, false or superfluous padding, characters of the other alphabet (`-_`), white space, or unused bits that aren't zero.
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 4) else { return nil }
    var characters = Array(text)
    var pads = 0
    while pads < 2, characters.last == padding {
      characters.removeLast()
      pads += 1
    }
    for index in characters.indices {
      switch characters[index] {
      case plus: characters[index] = UInt8(ascii: "-")
      case slash: characters[index] = UInt8(ascii: "_")
      case UInt8(ascii: "-"), UInt8(ascii: "_"): return nil
      default: continue
      }
    }
    return Base64URL.decode(characters)
  }

  package static func decode(_ text: String) -> [UInt8]? { decode(Array(text.utf8)) }
}
