internal import ArgumentParser
internal import Composition
internal import Logging
internal import Platform

/// `cordon verify two-brand`, the runbooks' `test_multi_brand_two_brand_e2e`.
struct VerifyTwoBrandCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "two-brand", abstract: "Check on a running stack that its two brands can't touch each other.",
    discussion: """
      Nineteen checks over HTTP and in PostgreSQL and Redis, behind the check of the backfill. For the stack of `cordon up` add \
      --config .cordon/cordon.env. It registers alice_e2e on default and brand2 and moves money there. Exit status 3 when a check fails.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let settings = try configuration.load()
    let database = try ConfigurationOptions.require(Settings.databaseURL, in: settings)
    let redis = try ConfigurationOptions.require(Settings.redisURL, in: settings)
    let isJSON = output.json
    let report = try await HarnessRun(configuration: settings, logger: Logger(label: "cordon")).verify(
      databaseURL: database, redisURL: redis
    ) {
      if !isJSON { Terminal.data(Colour.of($0.verdict == .failed ? .red : .green, $0.line)) }
    }
    output.print(json: json(report), text: text(report))
    guard report.passed else { throw CommandFailure(.verificationFailed, "profile \(report.profile.rawValue): not as it must be") }
  }

  private func text(_ report: HarnessReport) -> String {
    guard !report.guardFindings.isEmpty else { return "\(report.summary) (profile \(report.profile.rawValue))" }
    return (["The guard stopped it; cordon db backfill verify finds:"] + report.guardFindings.map { "  \($0)" }).joined(separator: "\n")
  }

  private func json(_ report: HarnessReport) -> JSONValue {
    [
      "profile": .string(report.profile.rawValue), "summary": .string(report.summary), "verified": .boolean(report.passed),
      "passed": .integer(report.count(.passed)), "failed": .integer(report.count(.failed)), "skipped": .integer(report.count(.skipped)),
      "guard_findings": .array(report.guardFindings.map { .string($0.description) }),
      "checks": .array(report.outcomes.map(Self.json)),
    ]
  }

  private static func json(_ outcome: HarnessOutcome) -> JSONValue {
    [
      "number": .integer(outcome.number), "name": .string(outcome.name), "rows": .array(outcome.rows.map { .string($0) }),
      "verdict": .string(outcome.verdict.rawValue), "detail": .string(outcome.detail), "milliseconds": .integer(outcome.milliseconds),
    ]
  }
}
