import Foundation
import TestSupport

/// One alert of `ops/prometheus/cordon.rules.yml`, read as far as the tests need it.
///
/// The file's form is what makes the small reader right: promtool judges the YAML itself.
struct AlertRule: Sendable {
  static let folder = String(MigrationFiles.directory.dropLast("db/migrations".count)) + "ops/prometheus"
  static let file = folder + "/cordon.rules.yml"

  let name: String
  let expression: String
  let severity: String?
  let runbook: String?

  static func all() throws -> [AlertRule] {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    return text.components(separatedBy: "- alert: ").dropFirst().map { AlertRule(text: $0) }
  }

  /// The unit tests beside the rules.
  static func testFiles() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".test.yml") }.map { "\(folder)/\($0)" }.sorted()
  }

  private init(text: String) {
    let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.hasPrefix("#") }
    name = lines.first ?? ""
    let begin = lines.firstIndex { $0.hasPrefix("expr:") } ?? 0
    let end = lines[begin...].firstIndex { $0.hasPrefix("for:") || $0.hasPrefix("labels:") } ?? lines.endIndex
    expression = String(lines[begin..<end].joined(separator: " ").dropFirst("expr:".count)).replacing(">-", with: "")
    severity = Self.value(of: "severity", in: lines)
    runbook = Self.value(of: "runbook_url", in: lines)
  }

  private static func value(of key: String, in lines: [String]) -> String? {
    lines.first { $0.hasPrefix(key + ": ") }.map { String($0.dropFirst(key.count + 2)) }
  }

  private static let words: Set<String> = [
    "sum", "max", "min", "by", "on", "and", "or", "unless", "increase", "rate", "absent", "offset", "time",
  ]

  /// The metric families that the expression names.
  var families: Set<String> {
    let bare = expression.replacing(/\{[^}]*\}/, with: "").replacing(/\b(by|on) \([^)]*\)/, with: "").replacing(/\[\w+\]/, with: "")
      .replacing(/offset \w+/, with: "")
    let names = bare.matches(of: /[a-z_][a-z0-9_]*/).map { String($0.output) }.filter { !Self.words.contains($0) }
    return Set(names.map { $0.replacing(/_(bucket|count|sum)$/, with: "") })
  }
}
