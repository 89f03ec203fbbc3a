internal import ArgumentParser

/// `cordon db …`.
struct DbCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "The database: its schema, and what must hold in it.",
    subcommands: [DbStatusCommand.self, DbMigrateCommand.self, DbInventoryCommand.self, DbBackfillCommand.self])
}
