internal import ArgumentParser

/// `cordon sessions …`.
struct SessionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions", abstract: "Players' sessions.", subcommands: [SessionsAuditCommand.self, SessionsInvalidateCommand.self])
}
