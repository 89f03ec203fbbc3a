internal import ArgumentParser

/// `cordon simulate …`.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Play somebody else against a running stack.", subcommands: [SimulateProviderCommand.self])
}
