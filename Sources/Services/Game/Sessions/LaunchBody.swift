package import Contracts
internal import Kernel

/// What another role sends to open a game for a player.
package struct LaunchBody: Codable, Hashable, JSONSchemaProviding {
  package let player: Int64
  package let provider: String
  package let game: String

  package init(player: Int64, provider: String, game: String) {
    self.player = player
    self.provider = provider
    self.game = game
  }

  enum CodingKeys: String, CodingKey {
    case player = "player_id"
    case provider
    case game
  }

  static let providerSchema = JSONSchema.string(length: 1...32, pattern: .lowercaseWord)
  /// As the gateway lets it through in a path.
  static let gameSchema = JSONSchema.string(length: 1...64, pattern: .base64url)

  package static let jsonSchema = JSONSchema.object(
    name: "GameLaunch",
    fields: [
      .required("player_id", .identifier, "The player, in the brand of the call."),
      .required("provider", providerSchema, "The game provider's short name."),
      .required("game", gameSchema, "The provider's id of the game."),
    ])
}
