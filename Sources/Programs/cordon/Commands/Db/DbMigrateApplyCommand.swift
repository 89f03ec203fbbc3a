internal import ArgumentParser
internal import Kernel
internal import Platform
internal import Postgres

/// `cordon db migrate`.
struct DbMigrateApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Apply the migrations that the database lacks, each in its own transaction.",
    discussion: "Uses MIGRATE_DATABASE_URL, or DATABASE_URL without it. In production it asks first.")

  @OptionGroup var migrations: MigrationOptions
  @OptionGroup var change: ChangeOptions

  @Option(name: .customLong("to"), help: "The last migration to apply, by number.")
  var target: Int64?

  func run() async throws {
    let configuration = try migrations.configuration.load()
    let migrator = try migrations.migrator(configuration)
    let status = try await migrator.status()
    if let contradiction = status.contradictions.first { throw contradiction }
    if status.pending.isEmpty {
      Terminal.message("nothing to apply: the head is \(status.currentHead)")
      return
    }
    if change.isDryRun {
      Terminal.data(status.pending.joined(separator: "\n"))
      return
    }
    if configuration.environment.isProductionGrade {
      try change.requireConsent("Apply \(status.pending.count) migrations in \(configuration.environment)?")
    }
    for migration in try await migrator.migrate(to: target) { Terminal.message("applied \(migration.label)") }
  }
}
