internal import ArgumentParser
internal import Composition
internal import Game
internal import Platform

/// `cordon game switch PROVIDER --brand N --enabled on --maintenance off`.
struct GameSwitchCommand: AsyncParsableCommand {
  enum Position: String, ExpressibleByArgument, CaseIterable {
    case on
    case off
  }

  static let configuration = CommandConfiguration(
    commandName: "switch", abstract: "Switch a provider on or off for a brand, or into maintenance.",
    discussion: """
      Off: no game opens and bets are refused. Maintenance: no game opens and bets are put off, so that the provider sends them again. \
      Wins, rollbacks and ends of rounds are taken all the same. It counts from the next bet on, in every process.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions

  @Argument(help: "The provider's short name: \(Providers.names.joined(separator: ", ")).")
  var provider: String

  @Option(help: "The brand's number.")
  var brand: BrandArgument

  @Option(help: "on or off.")
  var enabled: Position = .on

  @Option(help: "on or off.")
  var maintenance: Position = .off

  func run() async throws {
    guard Providers.names.contains(provider) else { throw CommandFailure(.notFound, "there is no game provider \(provider)") }
    let act = try operation.act()
    let state = try await DatabaseSession.writing(configuration) { database in
      try await ProviderSwitchStore(database: database).set(
        provider, enabled: enabled == .on, maintenance: maintenance == .on, of: brand.id, by: act.operatorID, reason: act.reason)
    }
    output.print(json: GameReport.json(state), text: GameReport.text([state]))
  }
}
