internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon gate` and `cordon gate check`.
struct GateCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Look at every item of the release gate; exit status 1 names those that fail.",
    discussion: "Changes nothing. What can't be looked at has failed.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var deployment: DeploymentArguments
  @OptionGroup var gate: GateArguments

  @Flag(name: .customLong("before-flip"), help: "Leave out what the flip itself brings about.")
  var isBeforeFlip = false

  func run() async throws {
    let operations = try deployment.operations(try configuration.load())
    let results = try await gate.results(configuration, operations, beforeFlip: isBeforeFlip)
    output.print(json: GateReport.json(results), text: GateReport.text(results))
    let failed = results.filter { !$0.passed }.map(\.id)
    guard failed.isEmpty else { throw CommandFailure(.failure, "the gate is closed: \(failed.joined(separator: ", "))") }
  }
}
