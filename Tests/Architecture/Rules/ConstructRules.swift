/// Constructs that the project does without, or that must say why they are right.
enum ConstructRules {
  private static let forbidden = ["try!", "fatalError(", "as!", "Task.detached", "unowned(unsafe)"]
  /// Allowed where a comment on the line or right above it says who guards it, or why no input can lead there.
  private static let explained = ["@unchecked Sendable", "nonisolated(unsafe)", "preconditionFailure("]

  static func violations(_ file: SourceFile) -> [String] {
    file.code.enumerated().flatMap { index, code -> [String] in
      let place = "\(file.path):\(index + 1)"
      let found = forbidden.filter { contains(code, $0) }.map { "\(place): \($0)" }
      let unexplained = explained.filter { contains(code, $0) && !hasComment(file, at: index) }
      return found + unexplained.map { "\(place): \($0) without a comment that says why it is right" }
    }
  }

  /// As a word: `has!` is not `as!`.
  private static func contains(_ code: String, _ construct: String) -> Bool {
    guard let range = code.firstRange(of: construct) else { return false }
    guard range.lowerBound > code.startIndex else { return true }
    let before = code[code.index(before: range.lowerBound)]
    return !(before.isLetter || before.isNumber || before == "_")
  }

  private static func hasComment(_ file: SourceFile, at index: Int) -> Bool {
    file.lines[index].contains("//") || (index > 0 && file.lines[index - 1].drop { $0 == " " }.hasPrefix("//"))
  }
}
