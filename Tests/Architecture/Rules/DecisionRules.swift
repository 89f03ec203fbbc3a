/// Decisions are numbered from 0001 without gaps, one a file, titled with their number.
enum DecisionRules {
  static func violations(_ files: [(name: String, firstLine: String)]) -> [String] {
    let sorted = files.sorted { $0.name < $1.name }
    return sorted.enumerated().flatMap { index, file -> [String] in
      let number = "000\(index + 1)".suffix(4)
      var violations: [String] = []
      if file.name.wholeMatch(of: /[0-9]{4}-[a-z0-9-]+\.md/) == nil { violations.append("\(file.name) is not NNNN-subject.md") }
      if !file.name.hasPrefix("\(number)-") { violations.append("\(file.name) should have the number \(number)") }
      if !file.firstLine.hasPrefix("# \(index + 1). ") { violations.append("\(file.name) should be titled '# \(index + 1). …'") }
      return violations
    }
  }
}
