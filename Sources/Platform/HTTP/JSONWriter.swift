/// JSON values as text, for what isn't a Swift type: the OpenAPI document and log lines.
package enum JSONWriter {
  package static func text(of value: JSONValue) -> String {
    var text = ""
    write(value, to: &text)
    return text
  }

  /// A string literal with its quotes.
  package static func quoted(_ string: some StringProtocol) -> String {
    var text = ""
    writeQuoted(string, to: &text)
    return text
  }

  package static func writeQuoted(_ string: some StringProtocol, to text: inout String) {
    text.unicodeScalars.append("\"")
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      // U+2028 and U+2029 end a line for some readers of line-based logs.
      case "\u{0}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text.unicodeScalars.append("\"")
  }

  private static func write(_ value: JSONValue, to text: inout String) {
    switch value {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .number(let literal): text += literal
    case .string(let string): writeQuoted(string, to: &text)
    case .array(let items): writeList(items, "[", "]", to: &text) { write($0, to: &$1) }
    case .object(let members):
      writeList(members, "{", "}", to: &text) { member, text in
        writeQuoted(member.name, to: &text)
        text += ":"
        write(member.value, to: &text)
      }
    }
  }

  private static func writeList<Item>(
    _ items: [Item], _ open: String, _ close: String, to text: inout String, _ each: (Item, inout String) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      each(item, &text)
    }
    text += close
  }
}
