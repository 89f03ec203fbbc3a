internal import ArgumentParser

/// `cordon brand bindings …`.
struct BrandBindingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bindings", abstract: "The hosts and the brands that they lead to.", subcommands: [BrandBindingsRebuildCommand.self])
}
