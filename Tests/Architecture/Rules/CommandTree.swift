/// The commands of the program, read from its sources: names as a person types them, such as `db migrate validate`.
struct CommandTree {
  private struct Declaration {
    let name: String
    let children: [String]
  }

  let paths: Set<String>

  init(sources: [SourceFile]) {
    var declarations: [String: Declaration] = [:]
    for file in sources {
      let text = file.lines.joined(separator: "\n")
      guard let name = text.firstMatch(of: /commandName: "([a-z_-]+)"/)?.output.1 else { continue }
      let children = text.firstMatch(of: /subcommands: \[([^\]]*)\]/)?.output.1 ?? ""
      declarations[file.name] = Declaration(
        name: String(name), children: children.matches(of: /([A-Za-z]+)(?:<[A-Za-z]+>)?\.self/).map { String($0.output.1) })
    }
    // The argument parser's own.
    var paths: Set<String> = ["cordon help"]
    func walk(_ type: String, _ prefix: String) {
      guard let declaration = declarations[type] else { return }
      let path = prefix.isEmpty ? declaration.name : "\(prefix) \(declaration.name)"
      paths.insert(path)
      for child in declaration.children { walk(child, path) }
    }
    walk("Cordon", "")
    self.paths = paths
  }

  /// The commands that a text tells the reader to type, without their arguments: `cordon db status --json` is `cordon db status`.
  ///
  /// Only what stands in code counts: between backquotes, or on a line that is indented or begins with the command.
  func unknownCommands(in text: String) -> [String] {
    text.matches(of: /(?:`|\$ |^ {2,}|\n {2,}|\n|\(|&& )((?:\.build\/[a-z]+\/)?cordon(?: [a-z][a-z_-]*)+)/).compactMap { match in
      let words = match.output.1.split(separator: " ").dropFirst()
      var path = "cordon"
      for word in words {
        let longer = "\(path) \(word)"
        guard paths.contains(longer) else {
          // A word after a command without children is an argument.
          return isGroup(path) ? longer : nil
        }
        path = longer
      }
      return nil
    }
  }

  private func isGroup(_ path: String) -> Bool { paths.contains { $0.hasPrefix(path + " ") } }
}
