internal import ArgumentParser

/// `cordon backup …` (S4-RST).
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Backups of everything, and whether they can be trusted.",
    subcommands: [BackupCreateCommand.self, BackupListCommand.self, BackupVerifyCommand.self, BackupRestoreCommand.self])
}
