/// One Swift file, split into code and comments well enough for rules about words: not a parser.
struct SourceFile {
  let path: String
  let lines: [String]
  /// The lines without comments and without the insides of string literals, so that a word found there is code.
  let code: [String]

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var isInText = false
    code = lines.map { Self.codeOnly($0, &isInText) }
  }

  var name: String { String((path.split(separator: "/").last ?? "").dropLast(".swift".count)) }

  /// The target that the file belongs to, by its folder; nil outside of every target.
  func target(in package: PackageDescription) -> PackageTarget? {
    package.targets.first { path.hasPrefix($0.path + "/") }
  }

  var imports: [String] {
    code.compactMap { line in
      let words = line.split(separator: " ")
      guard let position = words.firstIndex(of: "import"), words[..<position].allSatisfy({ Self.importModifiers.contains(String($0)) })
      else { return nil }
      // `import struct Foundation.Date` names the module before the dot.
      return words.last.map { String($0.prefix { $0 != "." }) }
    }
  }

  private static let importModifiers: Set<String> = [
    "package", "internal", "public", "private", "@testable", "@preconcurrency", "@_exported",
  ]

  private static func codeOnly(_ line: String, _ isInText: inout Bool) -> String {
    var code = ""
    var rest = Substring(line)
    var isInString = false
    while let character = rest.first {
      if rest.hasPrefix("\"\"\"") {
        isInText.toggle()
        rest = rest.dropFirst(3)
      } else if isInText {
        rest = rest.dropFirst()
      } else if isInString && character == "\\" {
        rest = rest.dropFirst(2)
      } else if character == "\"" {
        isInString.toggle()
        rest = rest.dropFirst()
      } else if !isInString && rest.hasPrefix("//") {
        return code
      } else {
        if !isInString { code.append(character) }
        rest = rest.dropFirst()
      }
    }
    return code
  }
}
