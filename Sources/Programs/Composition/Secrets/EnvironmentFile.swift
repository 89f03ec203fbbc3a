internal import Foundation
internal import Glibc

/// Writes settings as a file of `NAME='value'` lines that only its owner reads.
enum EnvironmentFile {
  /// Whole or not at all: a process that dies here leaves no half file that a later start would trust.
  static func write(_ values: [String: String], heading: String, to path: String) throws {
    // In single quotes a value stands as it is, over several lines too; no key, token, URL or PEM text of ours contains one.
    let lines = values.sorted { $0.key < $1.key }.map { "\($0.key)='\($0.value)'" }
    let text = "# \(heading)\n" + lines.joined(separator: "\n") + "\n"
    let unfinished = path + ".new"
    try? FileManager.default.removeItem(atPath: unfinished)
    let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
    guard FileManager.default.createFile(atPath: unfinished, contents: Data(text.utf8), attributes: attributes) else {
      throw SecretFault("\(unfinished) can't be written")
    }
    guard rename(unfinished, path) == 0 else { throw SecretFault("\(path) can't be replaced") }
  }
}
