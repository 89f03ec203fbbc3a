/// What `cordon up` was asked for.
package struct UpOptions: Sendable {
  /// Where private servers keep their data.
  package let directory: String
  /// The folder of the migration files.
  package let migrations: String
  package let playsDemo: Bool
  package let exitsAfterDemo: Bool
  /// Settings from the command line, by name.
  package let flags: [String: String]

  package init(directory: String, migrations: String, playsDemo: Bool, exitsAfterDemo: Bool, flags: [String: String]) {
    self.directory = directory
    self.migrations = migrations
    self.playsDemo = playsDemo
    self.exitsAfterDemo = exitsAfterDemo
    self.flags = flags
  }
}
