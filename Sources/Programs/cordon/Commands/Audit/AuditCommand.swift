internal import ArgumentParser

/// `cordon audit …`.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Whether brands are kept apart: in the sources, and in the database.",
    subcommands: [AuditSqlCommand.self, AuditCatalogueCommand.self])
}
