/// XML elements with text in them, and nothing else.
struct XMLBuffer {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"

  mutating func element(_ name: StaticString, _ content: String) {
    open(name)
    for scalar in content.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      // XML 1.0 has no control characters, not even escaped ones.
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": text += "?"
      default: text.unicodeScalars.append(scalar)
      }
    }
    close(name)
  }

  mutating func open(_ name: StaticString) { text += "<\(name)>" }
  mutating func close(_ name: StaticString) { text += "</\(name)>" }
}
