internal import ArgumentParser
internal import Platform
internal import Wallet

/// `cordon wallet topology check VERSION --brand N`.
struct DocumentCheckCommand<Kind: DocumentKind>: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "check", abstract: "Say what activating a version would do to the money that is there. Changes nothing.",
      discussion: "Exit status 3 when it could not be activated, or when not enough balances were looked at to know.")
  }

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var target: DocumentArguments

  @Option(name: .customLong("rows-max"), help: "Balances to look at.")
  var rowsMax = WalletDocuments.scanRowsDefault

  func validate() throws {
    guard (1...WalletDocuments.scanRowsMax).contains(rowsMax) else {
      throw ValidationError("--rows-max is from 1 to \(WalletDocuments.scanRowsMax)")
    }
  }

  func run() async throws {
    let check = try await DatabaseSession.with(configuration) {
      try await WalletDocuments(Kind.kind, database: $0).check(target.version, of: target.brand.id, rowsMax: rowsMax)
    }
    output.print(json: check.json, text: DocumentReport.text(check))
    switch check.canBeActivated {
    case true?: return
    case false?: throw CommandFailure(.verificationFailed, "version \(target.version) could not be activated")
    case nil: throw CommandFailure(.verificationFailed, "not all balances were looked at; repeat with a larger --rows-max")
    }
  }
}
