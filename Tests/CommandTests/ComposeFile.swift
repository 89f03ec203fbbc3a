import Foundation
import TestSupport

/// `ops/compose/docker-compose.yml` as compose reads it, as far as the file goes: one merged mapping, plain values, `${NAME:-default}` and
/// `${NAME:?message}`.
struct ComposeFile {
  /// A variable that must be there isn't.
  struct Missing: Error, Hashable {
    let name: String
  }

  private static let path = MigrationFiles.directory + "/../../ops/compose/docker-compose.yml"
  private let lines: [Substring]

  init() throws {
    lines = try String(contentsOfFile: Self.path, encoding: .utf8).split(separator: "\n").filter { line in
      !line.drop { $0 == " " }.hasPrefix("#")
    }
  }

  var services: [String] {
    lines.drop { $0 != "services:" }.dropFirst().prefix { $0.hasPrefix(" ") }.compactMap { line in
      line.wholeMatch(of: #/  (\w+):/#).map { String($0.output.1) }
    }
  }

  /// What a service's container has as its environment.
  func environment(of service: String, shell: [String: String]) throws -> [String: String] {
    let common = lines.drop { !$0.hasPrefix("x-common:") }.dropFirst().prefix { $0.hasPrefix("  ") }
    let block = lines.drop { $0 != "  \(service):" }.dropFirst().prefix { $0.hasPrefix("    ") }
    let own = block.drop { $0 != "    environment:" }.dropFirst().prefix { $0.hasPrefix("      ") }
    let merges = own.contains { $0.contains("<<: *common") }
    return try ((merges ? Array(common) : []) + own).reduce(into: [:]) { environment, line in
      let parts = line.split(separator: ":", maxSplits: 1)
      let name = parts[0].trimmingCharacters(in: .whitespaces)
      guard name != "<<", parts.count == 2 else { return }
      environment[name] = try Self.expanded(parts[1].trimmingCharacters(in: .whitespaces), shell)
    }
  }

  private static func expanded(_ value: String, _ shell: [String: String]) throws -> String {
    guard let match = value.wholeMatch(of: /\$\{(\w+):([-?])(.*)\}/) else { return value }
    let name = String(match.output.1)
    if let given = shell[name], !given.isEmpty { return given }
    guard match.output.2 == "-" else { throw Missing(name: name) }
    return String(match.output.3)
  }
}
