/// A `/metrics` page, as far as the harness reads one.
struct MetricsText: Sendable {
  private let lines: [Substring]

  init(_ text: String) { lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") } }

  /// The sum over the series of that name which have these labels; zero when there is none.
  func total(_ name: String, _ labels: [String: String] = [:]) -> Double {
    let wanted = labels.map { "\($0.key)=\"\($0.value)\"" }
    let found = lines.filter { line in
      (line.hasPrefix(name + " ") || line.hasPrefix(name + "{")) && wanted.allSatisfy { line.contains($0) }
    }
    return found.reduce(0) { $0 + ($1.split(separator: " ").last.flatMap { Double($0) } ?? 0) }
  }

  /// The values of the labels that name a brand (S0-E2E-22).
  var brands: Set<String> {
    Set(lines.flatMap { $0.matches(of: /[{,]brand(?:_id|_code)?="([^"]*)"/) }.map { String($0.output.1) })
  }
}
