import Foundation

/// The checkout that the tests judge, found from this file.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String { try String(contentsOf: root.appending(path: path), encoding: .utf8) }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root.appending(path: path).path) }

  /// Paths of the files below a folder that end with `suffix`, relative to the root, sorted.
  static func files(under folder: String, suffix: String) -> [String] {
    let found = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(suffix) }.map { "\(folder)/\($0)" }.sorted()
  }

  /// The Swift files below the folders; each is read once for all tests.
  static func sources(under folders: String...) throws -> [SourceFile] {
    try everySource.get().filter { file in folders.contains { file.path.hasPrefix($0 + "/") } }
  }

  private static let everySource = Result {
    try ["Sources", "Tests"].flatMap { files(under: $0, suffix: ".swift") }.map { SourceFile(path: $0, text: try text($0)) }
  }
}
