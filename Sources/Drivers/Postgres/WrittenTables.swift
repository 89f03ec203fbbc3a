/// Which tables a statement writes to, read from its text. Pure.
///
/// A scan for words, which is enough for statements that stand in our sources: none has a keyword in a literal or comment. What a trigger or a
/// function writes of itself isn't seen.
enum WrittenTables {
  /// The names without their schemas, each once, in the order of the text.
  static func names(in text: String) -> [String] {
    let words = text.split { $0.isWhitespace || "(),;".contains($0) }
    var names: [String] = []
    for (index, word) in words.enumerated() {
      guard let offset = offsetOfTable(after: word, at: index, in: words), index + offset < words.count else { continue }
      let name = bare(words[index + offset])
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// How many words behind `word` the table stands that it writes to; nil when it is no such word.
  private static func offsetOfTable(after word: Substring, at index: Int, in words: [Substring]) -> Int? {
    switch word.uppercased() {
    case "INSERT", "MERGE": isWord("INTO", at: index + 1, in: words) ? 2 : nil
    case "DELETE": isWord("FROM", at: index + 1, in: words) ? skippingOnly(index, 2, words) : nil
    case "TRUNCATE": isWord("TABLE", at: index + 1, in: words) ? 2 : 1
    // FOR UPDATE and FOR NO KEY UPDATE lock rows; ON CONFLICT DO UPDATE belongs to the INSERT before it.
    case "UPDATE":
      ["FOR", "KEY", "DO", "THEN"].contains { isWord($0, at: index - 1, in: words) } ? nil : skippingOnly(index, 1, words)
    default: nil
    }
  }

  private static func skippingOnly(_ index: Int, _ offset: Int, _ words: [Substring]) -> Int {
    isWord("ONLY", at: index + offset, in: words) ? offset + 1 : offset
  }

  private static func isWord(_ wanted: String, at index: Int, in words: [Substring]) -> Bool {
    words.indices.contains(index) && words[index].uppercased() == wanted
  }

  private static func bare(_ name: Substring) -> String {
    let last = name.split(separator: ".").last ?? name
    return String(last.filter { $0 != "\"" })
  }
}
