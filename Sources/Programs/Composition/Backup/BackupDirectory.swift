internal import Foundation

/// A directory with backups.
package struct BackupDirectory: Sendable {
  private let path: String

  package init(path: String) { self.path = path }

  /// Newest first. What isn't a backup is left out.
  package func list() throws -> [BackupSummary] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw BackupFault(.notFound, "\(path) can't be read")
    }
    return names.filter(BackupName.isOne).sorted(by: >).map(summary)
  }

  private func summary(_ name: String) -> BackupSummary {
    let folder = BackupFolder(path: "\(path)/\(name)")
    guard let (manifest, sha256) = try? folder.readManifest() else {
      return BackupSummary(name: name, state: .incomplete, manifest: nil, verdict: nil)
    }
    let verdict = folder.readVerdict(of: sha256)
    return BackupSummary(name: name, state: state(folder, manifest, verdict), manifest: manifest, verdict: verdict)
  }

  private func state(_ folder: BackupFolder, _ manifest: BackupManifest, _ verdict: BackupVerdict?) -> BackupSummary.State {
    guard BackupFile.size(of: folder.dump) == manifest.dumpBytes else { return .damaged }
    guard let verdict else { return .unverified }
    return verdict.isVerified ? .verified : .failed
  }
}
