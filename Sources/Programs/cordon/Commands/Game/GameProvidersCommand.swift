internal import ArgumentParser
internal import Game
internal import Platform

/// `cordon game providers [--brand N]`.
struct GameProvidersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "providers", abstract: "The agreement with each provider; with --brand, also how it stands for that brand.",
    discussion: "docs/formats/game-providers.md explains the terms. Without --brand nothing but the program itself is asked.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The brand's number.")
  var brand: BrandArgument?

  func run() async throws {
    guard let brand else {
      output.print(json: .array(Providers.terms.map { GameReport.json($0) }), text: GameReport.text(Providers.terms))
      return
    }
    let states = try await DatabaseSession.with(configuration) { try await ProviderSwitchStore(database: $0).all(of: brand.id) }
    output.print(json: .array(states.map { GameReport.json($0) }), text: GameReport.text(states))
  }
}
