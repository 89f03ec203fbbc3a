package import Audit
package import Evidence
internal import Foundation
internal import Glibc
package import Kernel
internal import Platform

/// The key that signs logs, kept outside of the database: 32 bytes in hexadecimal, and beside it, in `.history`, the key history
/// (`docs/formats/key-history.md`).
package struct SigningKeyFile: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  package var directory: String { URL(filePath: path).deletingLastPathComponent().path }

  private var historyPath: String { path + ".history" }

  /// Makes the first key of an operator. Never over a key that is there.
  @discardableResult
  package func create(_ operatorName: OperatorName, at moment: Timestamp) throws -> KeyHistory {
    guard !FileManager.default.fileExists(atPath: path), !FileManager.default.fileExists(atPath: historyPath) else {
      throw SecretFault("\(path) or its history is there already; a key is never replaced by a new first one")
    }
    let key = SigningKey()
    let history = KeyHistory(first: try KeyRecord(first: key, of: operatorName, from: Timestamp(seconds: moment.seconds)))
    try write(Hexadecimal.encode(key.seed).utf8 + [0x0A], to: path, mode: 0o600)
    try write(history.bytes, to: historyPath, mode: 0o644)
    return history
  }

  /// - Throws: ``SecretFault`` for a key that others can read, or that isn't the last one of its history.
  package func load() throws -> LogSigner {
    guard let signer = LogSigner(key: try key(), history: try history()) else {
      throw SecretFault("\(historyPath) does not end with the key of \(path)")
    }
    return signer
  }

  /// Replaces the history, whole or not at all. Blocks.
  package func replace(_ history: KeyHistory) throws { try DurableFile.write(history.bytes, to: historyPath) }

  /// - Throws: ``SecretFault`` for a key that others can read.
  package func key() throws -> SigningKey {
    var status = stat()
    guard stat(path, &status) == 0 else { throw SecretFault("\(path) can't be read") }
    guard status.st_mode & 0o077 == 0 else { throw SecretFault("\(path) can be read by others than its owner: chmod 600") }
    guard let text = FileManager.default.contents(atPath: path).flatMap({ String(validating: $0, as: UTF8.self) }),
      let seed = Hexadecimal.decode(text.trimmingCharacters(in: .newlines)), let key = SigningKey(seed: seed)
    else { throw SecretFault("\(path) is not 32 bytes in hexadecimal") }
    return key
  }

  /// What must not be read anywhere else.
  package func secretLines() throws -> [String] {
    guard let bytes = FileManager.default.contents(atPath: path) else { throw SecretFault("\(path) can't be read") }
    return [String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)]
  }

  package func history() throws -> KeyHistory {
    guard let bytes = FileManager.default.contents(atPath: historyPath) else { throw SecretFault("\(historyPath) can't be read") }
    do throws(NoteFault) {
      return try KeyHistory(bytes: Array(bytes))
    } catch {
      throw SecretFault("\(historyPath): \(error)")
    }
  }

  private func write(_ bytes: some Sequence<UInt8>, to path: String, mode: Int) throws {
    let attributes: [FileAttributeKey: Any] = [.posixPermissions: mode]
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes), attributes: attributes) else {
      throw SecretFault("\(path) can't be written")
    }
  }
}
