internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform

/// What both directions of a flip are told.
struct FlipArguments: ParsableArguments {
  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var deployment: DeploymentArguments

  @Flag(name: .customLong("dry-run"), help: "Only say what would be done, and what speaks against it. Audited as well.")
  var isDryRun = false

  @Option(name: .customLong("service"), help: "Only this service; may be repeated.")
  var services: [String] = []

  @Option(
    help:
      "A shell command that gives a service its mode and restarts it; told by FLIP_SERVICE and FLIP_MODE. Without it somebody else does."
  )
  var apply: String?

  @Option(name: .customLong("step-seconds"), help: "How long a service may take to come up in its mode.")
  var stepSeconds = 200

  @Flag(name: .customLong("no-audit"), help: "For rehearsals without a database: a dry run that nobody signs for.")
  var isUnaudited = false

  func chosen() throws -> [ServiceRole] {
    try services.map { name in
      guard let role = ServiceRole(rawValue: name) else { throw CommandFailure(.usage, "\(name) is no service") }
      return role
    }
  }

  func check() throws {
    guard 1...3600 ~= stepSeconds else { throw CommandFailure(.usage, "--step-seconds is 1 to 3600") }
    guard !isUnaudited || isDryRun else { throw CommandFailure(.usage, "--no-audit is for rehearsals; it goes with --dry-run alone") }
  }
}
