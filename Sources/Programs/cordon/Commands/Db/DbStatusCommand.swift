internal import ArgumentParser
internal import Platform
internal import Postgres

/// `cordon db status` (S4-START-02).
struct DbStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Where the database stands beside the migration files.",
    discussion: "Exit status 3 when database and files contradict each other, and with --check also when something is pending.")

  @OptionGroup var migrations: MigrationOptions
  @OptionGroup var output: OutputOptions

  @Flag(name: .customLong("check"), help: "Fail when a migration is pending.")
  var isCheck = false

  func run() async throws {
    let status = try await migrations.migrator(migrations.configuration.load()).status()
    output.print(json: json(status), text: text(status))
    if !status.contradictions.isEmpty || (isCheck && !status.isCurrent) {
      throw CommandFailure(.verificationFailed, "the database is not at the expected head")
    }
  }

  private func text(_ status: MigrationStatus) -> String {
    let lines =
      ["current head: \(status.currentHead)", "expected head: \(status.expectedHead)"] + status.pending.map { "pending: \($0)" }
      + status.contradictions.map { "contradiction: \($0)" }
    return lines.joined(separator: "\n")
  }

  private func json(_ status: MigrationStatus) -> JSONValue {
    [
      "current_head": .number("\(status.currentHead)"), "expected_head": .number("\(status.expectedHead)"),
      "is_current": .boolean(status.isCurrent),
      "applied": .array(
        status.applied.map { ["version": .number("\($0.number)"), "name": .string($0.name), "checksum": .string($0.checksum)] }),
      "pending": .array(status.pending.map { .string($0) }),
      "contradictions": .array(status.contradictions.map { .string($0.description) }),
    ]
  }
}
