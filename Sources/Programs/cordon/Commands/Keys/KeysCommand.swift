internal import ArgumentParser

/// `cordon keys …`.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Keys and tokens that roles are configured with.",
    subcommands: [KeysGenerateCommand.self, KeysRetireCommand.self, KeysEmergencyCommand.self, KeysSigningCommand.self])
}
