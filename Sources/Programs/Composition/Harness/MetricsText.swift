/// A `/metrics` page, as far as the harness reads one.
struct MetricsText: Sendable {
  /// The families that the page declares, also those without a series.
  let families: Set<String>
  private let lines: [Substring]

  init(_ text: String) {
    let all = text.split(separator: "\n")
    lines = all.filter { !$0.hasPrefix("#") }
    families = Set(
      all.filter { $0.hasPrefix("# TYPE ") }.compactMap { line in
        let words = line.split(separator: " ")
        return words.count > 2 ? String(words[2]) : nil
      })
  }

  /// The sum over the series of that name which have these labels; zero when there is none.
  func total(_ name: String, _ labels: [String: String] = [:]) -> Double { series(name, labels).reduce(0) { $0 + $1.value } }

  /// The series of that name which have these labels, each as it is written, with its value.
  func series(_ name: String, _ labels: [String: String] = [:]) -> [(name: String, value: Double)] {
    let wanted = labels.map { "\($0.key)=\"\($0.value)\"" }
    let found = lines.filter { line in
      (line.hasPrefix(name + " ") || line.hasPrefix(name + "{")) && wanted.allSatisfy { line.contains($0) }
    }
    return found.map { line in
      let end = line.lastIndex(of: " ") ?? line.endIndex
      return (String(line[..<end]), Double(line[end...].dropFirst()) ?? 0)
    }
  }

  /// The values of the labels that name a brand (S0-E2E-22).
  var brands: Set<String> {
    Set(lines.flatMap { $0.matches(of: /[{,]brand(?:_id|_code)?="([^"]*)"/) }.map { String($0.output.1) })
  }
}
