internal import ArgumentParser

/// `cordon evidence …`.
struct EvidenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence", abstract: "The signed logs of the brands' ledgers, and what strangers can verify.",
    subcommands: [EvidenceCheckCommand.self, EvidenceExportCommand.self, EvidencePreserveCommand.self, EvidencePublishCommand.self])
}
