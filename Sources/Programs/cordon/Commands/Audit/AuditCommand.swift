internal import ArgumentParser

/// `cordon audit …`.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Whether brands are kept apart: in the sources, in the database, and on a running stack.",
    subcommands: [
      AuditSqlCommand.self, AuditCatalogueCommand.self, AuditIsolationCommand.self, AuditCertificateCommand.self,
      AuditSecurityCommand.self,
    ])
}
