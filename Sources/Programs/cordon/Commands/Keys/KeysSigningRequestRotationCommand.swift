internal import ArgumentParser
internal import Audit
internal import Composition
internal import Platform

/// `cordon keys signing request-rotation` (S4-KEY-07).
struct KeysSigningRequestRotationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "request-rotation", abstract: "Ask a second person to approve that another key signs the logs.",
    discussion: "Changes nothing but that. The approval is for this one key: its fingerprint is in it.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var keys: SigningRotationOptions

  @Option(name: .customLong("for"), help: "Minutes until the request is over, 1 to 1440.")
  var minutes = 60

  func run() async throws {
    let act = try operation.act()
    guard (1...1440).contains(minutes) else { throw CommandFailure(.usage, "--for is 1 to 1440 minutes") }
    let subject = try keys.rotation().subject
    let approval = try await DatabaseSession.writing(configuration) { database in
      let operations = ApprovalOperations(database: database)
      return try await operations.one(try await operations.request(.signingKeyRotation, subject, for: .seconds(60 * minutes), by: act))
    }
    output.print(json: ApprovalReport.json(approval), text: ApprovalReport.text(approval))
  }
}
