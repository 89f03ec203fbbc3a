internal import ArgumentParser
internal import Platform
internal import Postgres

/// `cordon db migrate down` (S0-MIG-16).
struct DbMigrateDownCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "down", abstract: "Undo migrations, with the data that they hold. Refused in production.")

  @OptionGroup var migrations: MigrationOptions
  @OptionGroup var change: ChangeOptions

  @Option(name: .customLong("to"), help: "The migration to go down to, by number; 0 undoes everything.")
  var target: Int64

  func run() async throws {
    let configuration = try migrations.configuration.load()
    let migrator = try migrations.migrator(configuration)
    let undone = try await migrator.status().applied.filter { $0.number > target }
    if change.isDryRun {
      Terminal.data(undone.reversed().map { "\($0.number) \($0.name)" }.joined(separator: "\n"))
      return
    }
    try change.requireConsent("Undo \(undone.count) migrations, with their data?")
    for migration in try await migrator.down(to: target, environment: configuration.environment) {
      Terminal.message("undone \(migration.label)")
    }
  }
}
