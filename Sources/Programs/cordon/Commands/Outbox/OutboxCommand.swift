internal import ArgumentParser

/// `cordon outbox …`.
struct OutboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outbox", abstract: "Events that wait to be published or could not be.",
    discussion: "docs/operating/diagnosis-playbook.md says when to use them.",
    subcommands: [OutboxListCommand.self, OutboxShowCommand.self, OutboxRepairCommand.self, OutboxRepublishCommand.self])
}
