internal import ArgumentParser

/// `cordon dlq …`.
struct DlqCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dlq", abstract: "Game callbacks whose account was nobody's: the dead letters.",
    discussion: """
      They wait in game_callback_dead_letter until they are replayed or abandoned. docs/formats/dead-letter.md has the procedure.

      Exit status 3 when a letter is not replayed or not abandoned, for whatever reason: it is as it was, and safe to try again.
      """, subcommands: [DlqListCommand.self, DlqShowCommand.self, DlqReplayCommand.self, DlqAbandonCommand.self])
}
