internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Logging
internal import Platform

/// `cordon drill restore` (S4-RST-01).
struct DrillRestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Rehearse a restore on an isolated copy: four timed steps, and what would be lost.",
    discussion: """
      Restore, head check, integrity, and whether the copy could be promoted; a step that fails ends the drill with exit status 3. Nothing is promoted. \
      What would be lost is counted against the live ledgers where DATABASE_URL answers, and against what was published. The record stays beside the \
      backup. With --dir a backup is made first.
      """)

  @OptionGroup var source: BackupSourceOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var restore: RestoreOptions

  @Option(help: "The backup's folder.")
  var backup: String?

  @Option(name: .customLong("dir"), help: "Make a backup in this directory first, and take that; with --operator-id and --reason.")
  var directory: String?

  @Option(name: .customLong("operator-id"), help: "Who makes the backup, as admin_audit keeps it.")
  var operatorID: String?

  @Option(help: "Why, as admin_audit keeps it.")
  var reason: String?

  func run() async throws {
    let folder = try await folder()
    let request = try restore.request(folder, source, live: await live())
    let drill = RestoreDrill(verification: BackupVerification(build: .current, logger: Logger(label: "cordon.drill")))
    let (record, path) = try await drill.run(request) { Terminal.message($0) }
    output.print(json: json(record, path), text: text(record, path))
    guard record.isPassed else { throw CommandFailure(.verificationFailed, "the drill failed: \(folder.path) is not to be promoted") }
  }

  private func folder() async throws -> BackupFolder {
    switch (backup, directory) {
    case (let backup?, nil): return BackupFolder(path: backup)
    case (nil, let directory?):
      guard let act = OperatorAct(operatorID: operatorID ?? "", reason: reason ?? "") else {
        throw CommandFailure(.usage, "--dir makes a backup, which is audited: --operator-id and --reason must say something")
      }
      return try await source.create(in: directory, label: "drill", by: act).folder
    default: throw CommandFailure(.usage, "name one: --backup, or --dir to make a backup first")
    }
  }

  /// A database that is down is what drills are for: then only what was published says how much would be lost.
  private func live() async -> [BrandID: LiveEnd] {
    do {
      return try await DatabaseSession.with(source.configuration) { try await LiveEndStore(database: $0).ends() }
    } catch {
      Terminal.message("the live database doesn't answer, so that only what was published says what would be lost: \(error)")
      return [:]
    }
  }

  private func json(_ record: DrillRecord, _ path: String) -> JSONValue {
    [
      "record": .string(path), "passed": .boolean(record.isPassed), "rto_seconds": .number("\(record.rtoSeconds)"),
      "rpo_entries": .integer(record.rpoEntries), "rpo_seconds": .integer(record.rpoSeconds), "verdict": VerdictReport.json(record.verdict),
    ]
  }

  private func text(_ record: DrillRecord, _ path: String) -> String {
    """
    \(VerdictReport.text(record.verdict))
    RTO \(record.rtoSeconds) s, RPO \(record.rpoEntries) entries in \(record.rpoSeconds) s; record: \(path)
    \(record.isPassed ? "It could be promoted; how: docs/operating/backup.md, Promotion. Nothing was." : "It must not be promoted.")
    """
  }
}
