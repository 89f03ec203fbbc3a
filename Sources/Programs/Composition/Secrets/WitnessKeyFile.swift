package import Evidence
internal import Foundation
internal import Glibc

/// A witness's key: one line (`WitnessKey.text`) in a file that only its owner reads.
package struct WitnessKeyFile: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// Never over a key that is there.
  package func create(_ key: WitnessKey) throws {
    guard !FileManager.default.fileExists(atPath: path) else { throw SecretFault("\(path) is there already; a witness keeps its key") }
    let bytes = Data("\(key.text)\n".utf8)
    guard FileManager.default.createFile(atPath: path, contents: bytes, attributes: [.posixPermissions: 0o600]) else {
      throw SecretFault("\(path) can't be written")
    }
  }

  /// - Throws: ``SecretFault`` for a key that others can read.
  package func load() throws -> WitnessKey {
    var status = stat()
    guard stat(path, &status) == 0 else { throw SecretFault("\(path) can't be read") }
    guard status.st_mode & 0o077 == 0 else { throw SecretFault("\(path) can be read by others than its owner: chmod 600") }
    guard let text = FileManager.default.contents(atPath: path).flatMap({ String(validating: $0, as: UTF8.self) }) else {
      throw SecretFault("\(path) can't be read")
    }
    do throws(NoteFault) {
      return try WitnessKey(text: text.trimmingCharacters(in: .newlines))
    } catch {
      throw SecretFault("\(path): \(error)")
    }
  }
}
