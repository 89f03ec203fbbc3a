internal import ArgumentParser
internal import Logging
internal import Platform
internal import Postgres

/// What every command of the migration ladder takes.
struct MigrationOptions: ParsableArguments {
  @OptionGroup var configuration: ConfigurationOptions

  @Option(name: .customLong("dir"), help: "The folder of the migration files.")
  var directory = "db/migrations"

  func migrator(_ effective: EffectiveConfiguration) throws -> Migrator {
    let url = try ConfigurationOptions.require(Settings.migrateDatabaseURL, Settings.databaseURL, in: effective)
    return Migrator(
      try DatabaseConfiguration(url: url), migrations: try MigrationFolder.load(directory: directory), logger: Logger(label: "cordon.db"))
  }
}
