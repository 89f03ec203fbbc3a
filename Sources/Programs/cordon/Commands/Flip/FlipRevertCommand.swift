internal import ArgumentParser
internal import Composition

/// `cordon flip revert` (S0-ENF-12, S0-ENF-25).
struct FlipRevertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revert", abstract: "Put the services back to observe, the gateway first.",
    discussion: """
      Needs no evidence. --service puts single services back and leaves the others. security_downgrade_total counts each service that starts in observe; \
      the way forward begins with a new soak. Every invocation is one row of admin_audit; exit status 3 when that can't be written.
      """)

  @OptionGroup var flip: FlipArguments

  func run() async throws { try await FlipRun(.revert, flip, requestsMin: 0, gate: nil).run() }
}
