internal import ArgumentParser

/// `cordon game`: providers of games.
struct GameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "game", abstract: "Game providers: what is agreed with each, and whether a brand's players may play there.",
    subcommands: [GameProvidersCommand.self, GameSwitchCommand.self])
}
