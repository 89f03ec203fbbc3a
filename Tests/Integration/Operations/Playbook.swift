import Foundation
import TestSupport

/// `docs/operating/diagnosis-playbook.md`.
enum Playbook {
  static let path = String(MigrationFiles.directory.dropLast("db/migrations".count)) + "docs/operating/diagnosis-playbook.md"

  /// The chapters' texts by their headings, which are names of metrics.
  static func chapters() throws -> [String: String] {
    let chapters = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n## ").dropFirst()
    return Dictionary(
      chapters.map { (String($0.prefix { $0 != "\n" }).trimmingCharacters(in: ["`"]), $0) }, uniquingKeysWith: { first, _ in first })
  }
}
