/// PEM text as it stands in an environment variable: real line breaks or the two characters `\n` (S0-JWT-20).
struct PEMText {
  let label: String
  /// The text with real line breaks.
  let text: String

  /// Nil unless the text is exactly one PEM block.
  init?(_ configured: String) {
    let lines = Self.lines(of: configured)
    guard let first = lines.first, let last = lines.last, lines.count >= 3 else { return nil }
    guard first.hasPrefix("-----BEGIN "), first.hasSuffix("-----") else { return nil }
    let label = String(first.dropFirst(11).dropLast(5))
    guard last == "-----END \(label)-----" else { return nil }
    guard !lines.dropFirst().dropLast().contains(where: { $0.hasPrefix("-") }) else { return nil }
    self.label = label
    self.text = lines.joined(separator: "\n")
  }

  /// The lines without the white space around them and without empty ones.
  private static func lines(of configured: String) -> [String] {
    var unescaped: [UInt8] = []
    unescaped.reserveCapacity(configured.utf8.count)
    var bytes = configured.utf8.makeIterator()
    while let byte = bytes.next() {
      guard byte == UInt8(ascii: "\\") else {
        unescaped.append(byte)
        continue
      }
      switch bytes.next() {
      case UInt8(ascii: "n"), UInt8(ascii: "r"): unescaped.append(0x0A)
      // Leaves a byte that no PEM text has, so that the block is refused later on.
      default: unescaped.append(byte)
      }
    }
    return unescaped.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).map { line in
      let start = line.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? line.endIndex
      let end = line.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? line.startIndex
      return start < end ? String(decoding: line[start..<end], as: UTF8.self) : ""
    }.filter { !$0.isEmpty }
  }
}
