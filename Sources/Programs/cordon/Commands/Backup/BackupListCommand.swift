internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform

/// `cordon backup list` (S4-RST-10).
struct BackupListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The backups of a directory, newest first, and which of them were restored and found whole.",
    discussion: "The last known good is the first that says verified. Equal heads are equal ledgers of every brand.")

  @OptionGroup var output: OutputOptions

  @Argument(help: "The directory of the backups.")
  var directory: String

  func run() throws {
    let backups = try BackupDirectory(path: directory).list()
    output.print(json: .array(backups.map(Self.json)), text: Self.text(backups))
  }

  private static func json(_ backup: BackupSummary) -> JSONValue {
    guard let manifest = backup.manifest else { return ["name": .string(backup.name), "state": .string(backup.state.rawValue)] }
    return [
      "name": .string(backup.name), "state": .string(backup.state.rawValue), "verified": .boolean(backup.state == .verified),
      "taken_at": .string(manifest.snapshot.takenAt.text), "schema_head": .integer(manifest.snapshot.head),
      "dump_bytes": .integer(manifest.dumpBytes), "heads_sha256": .string(manifest.headsSha256),
      "verified_at": backup.verdict.map { .string($0.at.text) } ?? .null,
      "logs": .array(
        manifest.snapshot.logs.map { log in
          [
            "brand_code": .string(log.brandCode), "ledger": .string(log.ledger), "entries": .integer(log.entries),
            "head_hash": .string(log.headHash), "signed": .integer(log.signed),
          ]
        }),
    ]
  }

  private static func text(_ backups: [BackupSummary]) -> String {
    var table = TextTable("BACKUP", "STATE", "TAKEN AT", "SCHEMA", "BYTES", "ENTRIES", "HEADS")
    for backup in backups {
      guard let manifest = backup.manifest else {
        table.add(backup.name, backup.state.rawValue, "-", "-", "-", "-", "-")
        continue
      }
      table.add(
        backup.name, backup.state.rawValue, manifest.snapshot.takenAt.text, "\(manifest.snapshot.head)", "\(manifest.dumpBytes)",
        "\(manifest.snapshot.logs.map(\.entries).reduce(0, +))", "\(manifest.headsSha256.prefix(16))")
    }
    return table.text
  }
}
