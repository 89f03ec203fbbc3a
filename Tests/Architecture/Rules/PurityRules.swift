/// The files of a service's `Rules` folder decide: values in, a decision out. They wait for nothing, read no clock, and know no database.
enum PurityRules {
  /// Values only.
  private static let importable: Set<String> = ["Kernel", "Contracts"]
  private static let words = [
    "await", "async", "Task", "Date", "ContinuousClock", "SuspendingClock", "WallClock", "SQL", "Mutex", "random",
    "SystemRandomNumberGenerator",
  ]

  static func applies(to path: String) -> Bool { path.wholeMatch(of: /Sources\/Services\/[^\/]+\/(?:.*\/)?Rules\/[^\/]+\.swift/) != nil }

  static func violations(_ file: SourceFile) -> [String] {
    let imports = file.imports.filter { !importable.contains($0) }.map { "\(file.path) imports \($0)" }
    let found = file.code.enumerated().flatMap { index, code -> [String] in
      let present = Set(code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
      return words.filter(present.contains).map { "\(file.path):\(index + 1): \($0)" }
    }
    return imports + found
  }
}
