internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon approvals approve` (S1-APR-04).
struct ApprovalsApproveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Let what was asked for be done, once, before its time is over.",
    discussion: "The person who asked can't. Exit status 5 for one that isn't open any more.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions

  @Argument(help: "The approval's id.")
  var approval: ApprovalArgument

  func run() async throws {
    let act = try operation.act()
    let found = try await DatabaseSession.writing(configuration) { database in
      let operations = ApprovalOperations(database: database)
      try await operations.approve(approval.id, by: act)
      return try await operations.one(approval.id)
    }
    output.print(json: ApprovalReport.json(found), text: ApprovalReport.text(found))
  }
}
