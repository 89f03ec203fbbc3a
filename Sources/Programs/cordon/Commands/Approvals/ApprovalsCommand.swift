internal import ArgumentParser

/// `cordon approvals …` (S1-APR-03).
struct ApprovalsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approvals", abstract: "Acts that a second person must approve.",
    discussion: "The command that does such an act also asks for it: cordon keys signing request-rotation.",
    subcommands: [ApprovalsListCommand.self, ApprovalsShowCommand.self, ApprovalsApproveCommand.self, ApprovalsRejectCommand.self])
}
