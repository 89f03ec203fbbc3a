internal import ArgumentParser

/// `cordon events …`.
struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "The system event ledger: what was refused, what failed, what was exported, which program ran.",
    discussion: "docs/operating/system-events.md says what is in it. Nothing deletes from it.",
    subcommands: [EventsListCommand.self, EventsShowCommand.self])
}
