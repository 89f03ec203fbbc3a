internal import Foundation
internal import Platform

/// The secrets of a local stack, in one file that only its owner reads: made once, kept between runs, so that sessions survive a restart.
package struct SecretsFile: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// The file's values, made at first use. A file of an earlier release gets what it lacks.
  package func load() throws -> [String: String] {
    let kept = FileManager.default.fileExists(atPath: path) ? try read() : [:]
    guard kept[Settings.gameProviderKeys.name] == nil else { return kept }
    let values = try SecretGenerator().generate().merging(kept) { $1 }
    try EnvironmentFile.write(
      values, heading: "Secrets of this machine's own stack. Not for production; keep out of version control.", to: path)
    return values
  }

  private func read() throws -> [String: String] {
    guard let text = FileManager.default.contents(atPath: path).flatMap({ String(validating: $0, as: UTF8.self) }) else {
      throw SecretFault("\(path) can't be read")
    }
    let (lines, faults) = DotenvFile.parse(text)
    guard faults.isEmpty else { throw SecretFault("\(path): \(faults.map(\.description).joined(separator: "; "))") }
    return Dictionary(lines.map { ($0.name, $0.value) }) { $1 }
  }
}
