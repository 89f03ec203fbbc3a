internal import ArgumentParser
internal import Platform
internal import Postgres

/// `cordon db migrate validate --dir DIR`.
struct DbMigrateValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check the migration files without a database. Exit status 3 when something is wrong.")

  @Option(name: .customLong("dir"), help: "The folder of the migration files.")
  var directory = "db/migrations"

  @OptionGroup var output: OutputOptions

  func run() throws {
    let problems = Migrator.validate(directory: directory)
    output.print(json: json(problems), text: problems.isEmpty ? "valid: \(directory)" : problems.map(\.description).joined(separator: "\n"))
    guard problems.isEmpty else { throw CommandFailure(.verificationFailed, "\(problems.count) problems in \(directory)") }
  }

  private func json(_ problems: [MigrationProblem]) -> JSONValue {
    .array(
      problems.map { problem in
        [
          "file": .string(problem.file), "line": problem.line.map { .number("\($0)") } ?? .null, "problem": .string(problem.problem),
        ]
      })
  }
}
