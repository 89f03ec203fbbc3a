/// Files of SQL: migrations, and scripts for psql and pgbench with their variables.
enum ScriptReader {
  static func passages(path: String, text: String) -> [SQLPassage] {
    let pieces: [PassagePiece] = [.text(withoutVariables(text))]
    guard case .failure = PassageText.variants(pieces) else {
      return [SQLPassage(path: path, line: 1, pieces: pieces, marker: nil, isForSQL: true)]
    }
    return statements(of: text).map { line, statement in
      SQLPassage(path: path, line: line, pieces: [.text(withoutVariables(statement))], marker: nil, isForSQL: true)
    }
  }

  /// `:name`, `:'name'` and `:"name"` are values that psql fills in.
  private static func withoutVariables(_ text: String) -> String {
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: ":"), index + 1 < bytes.count, result.last != UInt8(ascii: ":") else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let quote = bytes[index + 1] == UInt8(ascii: "'") || bytes[index + 1] == UInt8(ascii: "\"") ? 1 : 0
      var end = index + 1 + quote
      while end < bytes.count, isName(bytes[end]) { end += 1 }
      let isVariable = end > index + 1 + quote && !(0x30...0x39).contains(bytes[index + 1 + quote])
      result += isVariable ? Array("$1".utf8) : [bytes[index]]
      index = isVariable ? end + quote : index + 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
  }

  /// A file that isn't SQL as a whole, statement by statement: up to a semicolon at the end of a line.
  private static func statements(of text: String) -> [(line: Int, text: String)] {
    var found: [(Int, String)] = []
    var current = ""
    var start = 1
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if current.isEmpty { start = index + 1 }
      if line.drop(while: { $0 == " " }).hasPrefix("\\") { continue }
      current += line + "\n"
      if line.reversed().drop(while: { $0 == " " }).first == ";" {
        found.append((start, current))
        current = ""
      }
    }
    if !current.trimmingSpace().isEmpty { found.append((start, current)) }
    return found
  }
}
