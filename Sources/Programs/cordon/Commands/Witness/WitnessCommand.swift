internal import ArgumentParser

/// `cordon witness …`.
struct WitnessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "witness", abstract: "Watches others' logs and cosigns what continues what it saw before (C2SP tlog-witness).",
    subcommands: [WitnessServeCommand.self, WitnessKeyCommand.self])
}
