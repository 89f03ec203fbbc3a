/// A row of `cordon.schema_migrations`.
package struct AppliedMigration: Hashable, Sendable {
  package let number: Int64
  package let name: String
  package let checksum: String

  package init(number: Int64, name: String, checksum: String) {
    self.number = number
    self.name = name
    self.checksum = checksum
  }
}
