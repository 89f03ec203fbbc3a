internal import Audit
internal import Crypto
package import Evidence
internal import Foundation
internal import Kernel
package import Logging
package import Platform
package import Postgres

/// Makes a backup: everything of one moment, with a manifest that says what it holds. Changes nothing but the audit.
package struct BackupCreation: Sendable {
  /// A transaction that a dump of any size fits into.
  static let deadline: Duration = .seconds(24 * 3600)

  private let database: Database
  private let source: DatabaseConfiguration
  private let history: KeyHistory?
  private let build: BuildInformation
  private let logger: Logger

  /// - Parameters:
  ///   - database: as the application, for the audit.
  ///   - source: of a role that reads every brand.
  ///   - history: of the keys that sign the logs; nil where nothing is signed.
  package init(database: Database, source: DatabaseConfiguration, history: KeyHistory?, build: BuildInformation, logger: Logger) {
    self.database = database
    var source = source
    source.poolSizeMax = 1
    source.applicationName = "cordon backup"
    self.source = source
    self.history = history
    self.build = build
    self.logger = logger
  }

  /// Where it fails, nothing of it stays. Where the process dies, a folder without a manifest does.
  package func run(
    in directory: String, label: String?, by act: OperatorAct, progress: @escaping @Sendable (String) -> Void
  ) async throws -> (folder: BackupFolder, manifest: BackupManifest) {
    let name = try BackupName(at: WallClock.system.now(), label: label)
    let folder = try BackupFolder.make(name, in: directory)
    do {
      try await record(.backupCreate, folder, ["directory": .string(directory)], act)
      let manifest = try await write(folder, progress: progress)
      let bytes = try BackupJSON.bytes(of: manifest)
      try await record(.backupComplete, folder, Self.summary(manifest, bytes), act)
      try DurableFile.write(bytes, to: folder.manifest, mode: 0o400)
      try DurableFile.synchronise(directory)
      return (folder, manifest)
    } catch {
      folder.discard()
      throw error
    }
  }

  private func write(_ folder: BackupFolder, progress: @escaping @Sendable (String) -> Void) async throws -> BackupManifest {
    let database = Database(source, logger: logger)
    let snapshot: BackupSnapshot
    do {
      snapshot = try await database.withPlatform(isolation: .repeatableRead, deadline: Self.deadline) { transaction in
        let store = SnapshotStore(transaction: transaction)
        let exported = try await store.export()
        progress("dumping the snapshot \(exported.name)")
        try await DumpProgram.dump(source, snapshot: exported.name, to: folder.dump, progress: progress)
        progress("reading every table")
        return try await store.read(takenAt: exported.takenAt, progress: progress)
      }
    } catch {
      await database.close()
      throw error
    }
    await database.close()
    try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: folder.dump)
    try DurableFile.synchronise(folder.dump)
    let dump = try BackupFile.digest(of: folder.dump)
    return BackupManifest(
      format: BackupManifest.formatNow, name: folder.name, version: build.version, commit: build.commit, dumpBytes: dump.bytes,
      dumpSha256: dump.sha256, snapshot: snapshot, keyHistory: history.map { String(decoding: $0.bytes, as: UTF8.self) },
      keys: history.map(BackupKey.keys) ?? [])
  }

  private static func summary(_ manifest: BackupManifest, _ bytes: [UInt8]) -> JSONValue {
    [
      "manifest_sha256": .string(Hexadecimal.encode(SHA256.hash(data: bytes))), "dump_sha256": .string(manifest.dumpSha256),
      "heads_sha256": .string(manifest.headsSha256), "schema_head": .integer(manifest.snapshot.head),
    ]
  }

  private func record(_ action: AuditAction, _ folder: BackupFolder, _ new: JSONValue, _ act: OperatorAct) async throws {
    let entry = AuditEntry(action, .backup, folder.name, by: act.operatorID, new: new, reason: act.reason)
    try await database.withPlatform { transaction in try await AdminAudit.append(entry, brand: nil, in: transaction) }
  }
}
