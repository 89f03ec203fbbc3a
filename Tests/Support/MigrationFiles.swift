/// The repository's migrations.
package enum MigrationFiles {
  /// `db/migrations`, found from this source file, so that it doesn't matter where the tests are started.
  package static let directory: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/") + "/db/migrations"
  }()
}
