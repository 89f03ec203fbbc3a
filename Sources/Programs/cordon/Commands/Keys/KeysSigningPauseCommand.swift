internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon keys signing pause` (S4-INC-05).
struct KeysSigningPauseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Sign no log for a time, in no process; money and all else go on.",
    discussion: "New movements have no receipt meanwhile. It ends by itself, or with cordon keys signing resume. Audited.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions

  @Option(name: .customLong("for"), help: "Minutes, 1 to 1440.")
  var minutes: Int

  func run() async throws {
    let act = try operation.act()
    guard (1...1440).contains(minutes) else { throw CommandFailure(.usage, "--for is 1 to 1440 minutes") }
    let seconds = Duration.seconds(60 * minutes)
    try await DatabaseSession.writing(configuration) { try await SigningOperations(database: $0).pause(for: seconds, by: act) }
    output.print(json: ["paused": .boolean(true), "minutes": .integer(minutes)], text: "no log is signed for \(minutes) minutes")
  }
}
