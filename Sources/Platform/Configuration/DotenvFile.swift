/// A file of `NAME=VALUE` lines, as `CORDON_CONFIG_FILE` names one. Pure: text in, lines out.
///
/// `#` begins a comment where a word could begin; `export` before a name is skipped; a value may stand in single quotes (as it is) or
/// double quotes (with `\n`, `\t`, `\"`, `\\`), and then span lines; a value that begins with `-----BEGIN` spans lines until
/// its `-----END` line.
package enum DotenvFile {
  package struct Line: Hashable, Sendable {
    package let name: String
    package let value: String
    /// Counted from one.
    package let number: Int

    package init(name: String, value: String, number: Int) {
      self.name = name
      self.value = value
      self.number = number
    }
  }

  package static func parse(_ text: String) -> (lines: [Line], faults: [ConfigurationFault]) {
    var lines: [Line] = []
    var faults: [ConfigurationFault] = []
    var rest = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }[...]
    let count = rest.count
    while let line = rest.popFirst() {
      let number = count - rest.count
      let trimmed = trim(line)
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      guard let (name, start) = split(trimmed) else {
        faults.append(ConfigurationFault("line \(number)", "is not NAME=VALUE"))
        continue
      }
      guard let value = value(start, rest: &rest) else {
        faults.append(ConfigurationFault(name, "line \(number): the value begins and does not end"))
        continue
      }
      if lines.contains(where: { $0.name == name }) { faults.append(ConfigurationFault(name, "line \(number): is set twice in the file")) }
      lines.append(Line(name: name, value: value, number: number))
    }
    return (lines, faults)
  }

  private static func split(_ line: Substring) -> (name: String, start: Substring)? {
    guard let equals = line.firstIndex(of: "=") else { return nil }
    var name = trim(line[..<equals])
    if name.hasPrefix("export ") { name = trim(name.dropFirst("export ".count)) }
    guard !name.isEmpty, name.utf8.allSatisfy({ isNameByte($0) }) else { return nil }
    return (String(name), trim(line[line.index(after: equals)...]))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
  }

  private static func value(_ start: Substring, rest: inout ArraySlice<Substring>) -> String? {
    if start.hasPrefix("\"") { return quoted(start.dropFirst(), quote: "\"", rest: &rest).map(unescaped) }
    if start.hasPrefix("'") { return quoted(start.dropFirst(), quote: "'", rest: &rest) }
    if start.hasPrefix("-----BEGIN "), !start.contains("-----END ") { return armoured(start, rest: &rest) }
    guard let comment = start.firstRange(of: " #") else { return String(start) }
    return String(trim(start[..<comment.lowerBound]))
  }

  private static func armoured(_ start: Substring, rest: inout ArraySlice<Substring>) -> String? {
    var lines = [start]
    while let line = rest.popFirst() {
      lines.append(trim(line))
      if line.contains("-----END ") { return lines.joined(separator: "\n") }
    }
    return nil
  }

  /// Up to the closing quote, which must be the last sign of its line but for a comment.
  private static func quoted(_ start: Substring, quote: Character, rest: inout ArraySlice<Substring>) -> String? {
    var text = ""
    var line = start
    while true {
      var isEscaped = false
      for index in line.indices {
        if line[index] == quote, !isEscaped {
          let after = trim(line[line.index(after: index)...])
          return after.isEmpty || after.hasPrefix("#") ? text : nil
        }
        isEscaped = line[index] == "\\" && !isEscaped && quote == "\""
        text.append(line[index])
      }
      guard let next = rest.popFirst() else { return nil }
      text.append("\n")
      line = next
    }
  }

  private static func unescaped(_ text: String) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        switch character {
        case "n": result.append("\n")
        case "t": result.append("\t")
        case "\"", "\\": result.append(character)
        default: result.append("\\"); result.append(character)
        }
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return isEscaped ? result + "\\" : result
  }

  private static func trim(_ text: some StringProtocol) -> Substring {
    var text = Substring(text)
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
