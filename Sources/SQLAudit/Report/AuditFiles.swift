internal import FoundationEssentials

/// Reads the files of a checkout.
enum AuditFiles {
  private static let bytesMax = 4 * 1024 * 1024

  static func text(_ path: String) -> String? {
    guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= bytesMax else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The files of a language that is read, below a folder or the file itself, in the order of their names.
  static func all(under path: String, root: String) -> [AuditFile] {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder) else { return [] }
    guard isFolder else {
      return text(root + "/" + path).map { AuditFile(path: path, text: $0) }.map { $0.language == nil ? [] : [$0] } ?? []
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/" + path)) ?? []
    return names.sorted().filter { !$0.hasPrefix(".build") }.flatMap { all(under: path + "/" + $0, root: root) }
  }
}
