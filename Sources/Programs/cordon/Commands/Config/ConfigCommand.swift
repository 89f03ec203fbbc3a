internal import ArgumentParser

/// `cordon config …`.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "What a process would be configured with, and whether it would start.",
    subcommands: [ConfigCheckCommand.self, ConfigPrintEffectiveCommand.self, ConfigDumpEnvCommand.self])
}
