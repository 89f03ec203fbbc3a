internal import ArgumentParser

/// `cordon verify …`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Prove what a running stack promises.", subcommands: [VerifyTwoBrandCommand.self])
}
