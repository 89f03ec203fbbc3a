internal import ArgumentParser

/// `cordon wallet …`.
struct WalletCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wallet", abstract: "Players' money.",
    subcommands: [WalletCheckCommand.self, WalletDepositsCommand.self, WalletTopologyCommand.self, WalletPolicyCommand.self])
}
