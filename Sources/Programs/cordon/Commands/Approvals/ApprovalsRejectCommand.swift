internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon approvals reject` (S1-APR-04).
struct ApprovalsRejectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: "Refuse what was asked for; nothing lets it be done then.",
    discussion: "Exit status 5 for one that isn't open any more.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions

  @Argument(help: "The approval's id.")
  var approval: ApprovalArgument

  func run() async throws {
    let act = try operation.act()
    let found = try await DatabaseSession.writing(configuration) { database in
      let operations = ApprovalOperations(database: database)
      try await operations.reject(approval.id, by: act)
      return try await operations.one(approval.id)
    }
    output.print(json: ApprovalReport.json(found), text: ApprovalReport.text(found))
  }
}
