internal import ArgumentParser

/// `cordon db migrate …`; without a further word it applies what is missing.
struct DbMigrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Apply the migrations that the database lacks; check the files; go back outside production.",
    subcommands: [DbMigrateApplyCommand.self, DbMigrateValidateCommand.self, DbMigrateDownCommand.self],
    defaultSubcommand: DbMigrateApplyCommand.self)
}
