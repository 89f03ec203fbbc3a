/// What one check compares. Everything is compared, so that a failure shows its whole extent.
struct Comparison: Sendable {
  static let agreement = "as expected"
  private(set) var differences: [String] = []
  private(set) var count = 0

  mutating func expect<Value: Equatable>(_ what: String, _ actual: Value, is expected: Value) {
    expect("\(what): expected \(expected), got \(actual)", actual == expected)
  }

  mutating func expect(_ difference: @autoclosure () -> String, _ holds: Bool) {
    count += 1
    if !holds { differences.append(difference()) }
  }

  /// A check that compared nothing has proved nothing.
  var verdict: String {
    if count == 0 { return "nothing was compared" }
    return differences.isEmpty ? Self.agreement : differences.joined(separator: "; ")
  }
}
