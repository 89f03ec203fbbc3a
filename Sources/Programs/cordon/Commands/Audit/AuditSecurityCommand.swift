internal import ArgumentParser

/// `cordon audit security …`.
struct AuditSecurityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "security", abstract: "The log of attempts across brands.",
    subcommands: [AuditSecurityCheckCommand.self, AuditSecurityImportCommand.self])
}
