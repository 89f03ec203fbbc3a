internal import ArgumentParser
internal import Composition
internal import Logging
internal import Platform
internal import Postgres

/// `cordon backup restore` (S4-RST-03, S4-RST-09).
struct BackupRestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Restore all of a verified backup into a new database beside those that are there.",
    discussion: """
      The server is that of MIGRATE_DATABASE_URL. Nothing is promoted: the services go on with their database until DATABASE_URL names the new one. \
      Audited in the restored database. A part of a backup is not restored: --table is refused with exit status 5.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions

  @Argument(help: "The backup's folder.")
  var backup: String

  @Option(help: "The name of the new database; it must not be there.")
  var database: String

  @Option(help: "Refused: a table of an append-only ledger alone takes a formal approval.")
  var table: [String] = []

  func run() async throws {
    let act = try operation.act()
    guard table.isEmpty else { throw Self.refusal(of: table) }
    let url = try ConfigurationOptions.require(Settings.migrateDatabaseURL, in: try configuration.load())
    let restoration = BackupRestoration(server: try DatabaseConfiguration(url: url), logger: Logger(label: "cordon.backup"))
    let manifest = try await restoration.run(BackupFolder(path: backup), into: database, by: act) { Terminal.message($0) }
    output.print(
      json: [
        "backup": .string(manifest.name), "database": .string(database), "schema_head": .integer(manifest.snapshot.head),
        "heads_sha256": .string(manifest.headsSha256),
      ],
      text: "\(database) holds \(manifest.name), schema \(manifest.snapshot.head); nothing was promoted (docs/operating/backup.md)")
  }

  private static func refusal(of tables: [String]) -> CommandFailure {
    CommandFailure(
      .conflict,
      """
      \(tables.joined(separator: ", ")) alone is not restored: a part of an append-only ledger takes a formal approval (S4-RST-03), and this release \
      has none to give. Restore all of the backup into a new database, or correct by compensating entries
      """)
  }
}
