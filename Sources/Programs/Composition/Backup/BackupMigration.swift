/// A migration that was applied when the backup was made.
package struct BackupMigration: Codable, Hashable, Sendable {
  package let number: Int64
  package let name: String
  package let checksum: String
}
