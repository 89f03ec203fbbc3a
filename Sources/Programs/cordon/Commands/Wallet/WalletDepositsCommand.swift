internal import ArgumentParser

/// `cordon wallet deposits …`.
struct WalletDepositsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deposits", abstract: "Deposits of a brand.", subcommands: [WalletDepositsMismatchedCommand.self])
}
