internal import ArgumentParser

/// `cordon gate …` (S0-GATE).
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate", abstract: "What must hold before a second brand goes live, each item with its evidence.",
    subcommands: [GateCheckCommand.self, GateAttestCommand.self], defaultSubcommand: GateCheckCommand.self)
}
