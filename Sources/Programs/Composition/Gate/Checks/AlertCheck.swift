internal import Foundation

/// The deployed rules have an alert for each of these metrics that a role of this release shows.
struct AlertCheck: GateCheck {
  private let metrics: [String]

  init(_ metrics: [String]) { self.metrics = metrics }

  func look(at scene: GateScene) throws -> GateFinding {
    guard let bytes = FileManager.default.contents(atPath: scene.files.rules) else {
      return .unmet("there are no rules at \(scene.files.rules)")
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("#") }
    let text = lines.filter { !$0.contains("runbook_url:") && !$0.contains("description:") && !$0.contains("summary:") }.joined(
      separator: "\n")
    let shown = scene.states.values.reduce(into: Set<String>()) { $0.formUnion($1.metrics.families) }
    let wanted = Set(metrics).intersection(shown).sorted()
    guard !wanted.isEmpty else { return .unmet("no role shows \(Set(metrics).sorted().joined(separator: ", "))") }
    return .judged(
      "\(scene.files.rules) warns of \(wanted.joined(separator: ", "))",
      faults: wanted.filter { !Self.names($0, text) }.map { "no alert warns of \($0)" })
  }

  /// As a whole word.
  private static func names(_ metric: String, _ text: String) -> Bool {
    text.ranges(of: metric).contains { range in
      let before = range.lowerBound == text.startIndex ? " " : text[text.index(before: range.lowerBound)]
      let after = range.upperBound == text.endIndex ? " " : text[range.upperBound]
      return !Self.continues(before) && !Self.continues(after)
    }
  }

  private static func continues(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
}
