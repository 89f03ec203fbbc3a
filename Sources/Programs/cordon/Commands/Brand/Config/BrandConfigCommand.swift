internal import ArgumentParser

/// `cordon brand config …`.
struct BrandConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "A brand's own configuration.", subcommands: [BrandConfigRevertCommand.self])
}
