internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon keys signing resume`.
struct KeysSigningResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Sign the logs again, all that came meanwhile too.", discussion: "Audited.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions

  func run() async throws {
    let act = try operation.act()
    try await DatabaseSession.writing(configuration) { try await SigningOperations(database: $0).resume(by: act) }
    output.print(json: ["paused": .boolean(false)], text: "logs are signed again")
  }
}
