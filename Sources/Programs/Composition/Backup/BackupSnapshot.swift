/// What a database held at one moment.
package struct BackupSnapshot: Codable, Hashable, Sendable {
  package let takenAt: BackupMoment
  package let migrations: [BackupMigration]
  package let logs: [BackupLog]
  package let tables: [TableDigest]
  package let roles: [BackupRole]

  /// The number of the last migration; 0 for none.
  package var head: Int64 { migrations.map(\.number).max() ?? 0 }
}
