internal import ArgumentParser

/// `cordon dlq show --id N`.
struct DlqShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one dead letter with all that came.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The dead letter's number.")
  var id: Int64

  func run() async throws { try await DlqWork(configuration, output).show(id) }
}
