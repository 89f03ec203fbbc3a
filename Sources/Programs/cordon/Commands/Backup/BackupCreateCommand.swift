internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform

/// `cordon backup create`.
struct BackupCreateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Dump everything of one moment, with a manifest that says what it holds.",
    discussion: """
      Reads as BACKUP_DATABASE_URL, or MIGRATE_DATABASE_URL without it; services go on meanwhile. The manifest is written last: a backup without one \
      was not finished, and is listed as incomplete. Audited before and after.
      """)

  @OptionGroup var source: BackupSourceOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions

  @Option(name: .customLong("dir"), help: "The directory of the backups; made where it is missing.")
  var directory: String

  @Option(help: "A word for people, after the time in the backup's name.")
  var label: String?

  func run() async throws {
    let (folder, manifest) = try await source.create(in: directory, label: label, by: try operation.act())
    output.print(
      json: [
        "backup": .string(folder.path), "schema_head": .integer(manifest.snapshot.head), "dump_bytes": .integer(manifest.dumpBytes),
        "dump_sha256": .string(manifest.dumpSha256), "heads_sha256": .string(manifest.headsSha256),
        "tables": .integer(manifest.snapshot.tables.count), "entries": .integer(manifest.snapshot.logs.map(\.entries).reduce(0, +)),
      ],
      text: "\(folder.path): \(manifest.dumpBytes) bytes, schema \(manifest.snapshot.head), \(manifest.snapshot.tables.count) tables")
  }
}
