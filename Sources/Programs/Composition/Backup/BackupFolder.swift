internal import Crypto
internal import Foundation
internal import Kernel

/// The folder of one backup.
package struct BackupFolder: Hashable, Sendable {
  package let path: String

  package init(path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  package var name: String { URL(filePath: path).lastPathComponent }
  package var dump: String { path + "/cordon.dump" }
  package var manifest: String { path + "/manifest.json" }
  package var verdict: String { path + "/verdict.json" }

  /// Makes a folder for a new backup, which only its owner can read.
  static func make(_ name: BackupName, in directory: String) throws -> BackupFolder {
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw BackupFault(.failed, "\(directory) can't be made: \(error.localizedDescription)")
    }
    let folder = BackupFolder(path: "\(directory)/\(name)")
    guard mkdir(folder.path, 0o700) == 0 else {
      let reason = String(cString: strerror(errno))
      throw BackupFault(errno == EEXIST ? .conflict : .failed, "\(folder.path) can't be made: \(reason)")
    }
    return folder
  }

  /// - Returns: the manifest, and SHA-256 of its bytes.
  package func readManifest() throws -> (manifest: BackupManifest, sha256: String) {
    guard FileManager.default.fileExists(atPath: path) else { throw BackupFault(.notFound, "there is no backup \(path)") }
    guard let data = FileManager.default.contents(atPath: manifest) else {
      throw BackupFault(.notFound, "\(path) has no manifest: the backup was never finished")
    }
    guard let read = try? BackupJSON.decode(BackupManifest.self, Array(data)), read.format == BackupManifest.formatNow else {
      throw BackupFault(.unusable, "\(manifest) is not a manifest that this program knows")
    }
    return (read, Hexadecimal.encode(SHA256.hash(data: data)))
  }

  /// The last verdict, if it is of this manifest.
  func readVerdict(of manifestSha256: String) -> BackupVerdict? {
    guard let data = FileManager.default.contents(atPath: verdict),
      let read = try? BackupJSON.decode(BackupVerdict.self, Array(data)), read.manifestSha256 == manifestSha256
    else { return nil }
    return read
  }

  /// Takes away a backup that was not finished.
  func discard() { try? FileManager.default.removeItem(atPath: path) }
}
