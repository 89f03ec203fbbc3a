internal import ArgumentParser
internal import Game

/// `cordon dlq list [--provider P] [--status S]` (S0-DLQ-06).
struct DlqListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List dead letters, the oldest first.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "Only this provider's.")
  var provider: String?

  @Option(help: "pending, replayed or abandoned.")
  var status: DeadLetterStatus = .pending

  @Option(help: "How many at most, 1 to 10000.")
  var limit = 1000

  func run() async throws { try await DlqWork(configuration, output).list(status, provider: provider, limit: limit) }
}

extension DeadLetterStatus: ExpressibleByArgument {}
