internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon approvals show`.
struct ApprovalsShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "One request, and how it stands.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The approval's id.")
  var approval: ApprovalArgument

  func run() async throws {
    let found = try await DatabaseSession.with(configuration) { try await ApprovalOperations(database: $0).one(approval.id) }
    output.print(json: ApprovalReport.json(found), text: ApprovalReport.text(found))
  }
}
