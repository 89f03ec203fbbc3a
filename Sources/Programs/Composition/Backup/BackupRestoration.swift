internal import Audit
internal import Kernel
package import Logging
internal import Platform
package import Postgres

/// Restores a verified backup, all of it, into a new database. No database that is there is touched.
package struct BackupRestoration: Sendable {
  private let server: DatabaseConfiguration
  private let logger: Logger

  /// - Parameter server: a database of the server that gets the new one, as a role that may make databases and roles.
  package init(server: DatabaseConfiguration, logger: Logger) {
    var server = server
    server.poolSizeMax = 1
    server.defaultDeadline = .seconds(600)
    server.applicationName = "cordon backup"
    self.server = server
    self.logger = logger
  }

  /// - Returns: what was restored.
  package func run(
    _ folder: BackupFolder, into name: String, by act: OperatorAct, progress: (String) -> Void
  ) async throws -> BackupManifest {
    guard name.wholeMatch(of: /[a-z_][a-z0-9_]{0,62}/) != nil else {
      throw BackupFault(.unusable, "a database is named in lower-case letters, digits and underscores")
    }
    let (manifest, sha256) = try folder.readManifest()
    guard folder.readVerdict(of: sha256)?.isVerified == true else {
      throw BackupFault(.conflict, "\(folder.path) is not verified: cordon backup verify comes first")
    }
    let dump = try BackupFile.digest(of: folder.dump)
    guard dump.bytes == manifest.dumpBytes, dump.sha256 == manifest.dumpSha256 else {
      throw BackupFault(.conflict, "\(folder.dump) was changed since it was verified")
    }
    let target = server.naming(database: name)
    try await with(server) { database in
      let store = RestoredDatabaseStore(database: database)
      let isThere = try await store.exists(name)
      guard !isThere else { throw BackupFault(.conflict, "the database \(name) is there already; a restore makes a new one") }
      try await RoleStore(database: database).make(manifest.snapshot.roles)
      progress("making \(name)")
      try await ServerSetup(server, logger: logger).createDatabase(name)
      try await store.configure(name)
    }
    progress("restoring \(manifest.dumpBytes >> 20) MiB")
    try await DumpProgram.restore(folder.dump, into: target, database: name)
    try await with(target) { try await record(manifest, in: $0, act) }
    return manifest
  }

  private func with(_ configuration: DatabaseConfiguration, _ body: (Database) async throws -> Void) async throws {
    let database = Database(configuration, logger: logger)
    do {
      try await body(database)
    } catch {
      await database.close()
      throw error
    }
    await database.close()
  }

  /// The history of the new database says where it came from.
  private func record(_ manifest: BackupManifest, in database: Database, _ act: OperatorAct) async throws {
    let entry = AuditEntry(
      .backupRestore, .backup, manifest.name, by: act.operatorID,
      new: ["dump_sha256": .string(manifest.dumpSha256), "heads_sha256": .string(manifest.headsSha256)], reason: act.reason)
    try await database.withPlatform { transaction in try await AdminAudit.append(entry, brand: nil, in: transaction) }
  }
}
