internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon approvals list`.
struct ApprovalsListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The last requests for approvals, and how each stands.",
    discussion: "Writes down those whose time is over as expired.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let found = try await DatabaseSession.writing(configuration) { try await ApprovalOperations(database: $0).all() }
    let lines = found.map(ApprovalReport.text)
    output.print(
      json: .array(found.map(ApprovalReport.json)), text: lines.isEmpty ? "nobody has asked for an approval" : lines.joined(separator: "\n")
    )
  }
}
