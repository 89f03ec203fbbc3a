internal import ArgumentParser
internal import Composition

/// `cordon flip forward` (S0-ENF-11, S0-ENF-14…18).
struct FlipForwardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forward", abstract: "Flip the services to enforce, the wallet first.",
    discussion: """
      Refused (exit status 5) while an item of `cordon gate` fails that doesn't wait for the flip itself, while a service has not observed long \
      enough, has had too little traffic, or has counted or logged (--logs) what enforce would have refused. \
      Each service is given its mode by --apply, or by whoever deploys while this waits, and is believed when its /health says so. Every invocation, \
      a dry run too, is one row of admin_audit; exit status 3 when that can't be written.
      """)

  @OptionGroup var flip: FlipArguments
  @OptionGroup var gate: GateArguments

  @Option(name: .customLong("min-requests"), help: "Requests that each service must have answered while it observed.")
  var requestsMin = 100

  func run() async throws {
    guard requestsMin >= 0 else { throw CommandFailure(.usage, "--min-requests is 0 or more") }
    try await FlipRun(.forward, flip, requestsMin: requestsMin, gate: gate).run()
  }
}
