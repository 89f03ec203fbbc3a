internal import ArgumentParser

/// `cordon witness key …`.
struct WitnessKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "The key that a witness cosigns with.",
    subcommands: [WitnessKeyCreateCommand.self, WitnessKeyShowCommand.self])
}
