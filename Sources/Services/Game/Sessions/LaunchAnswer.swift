package import Contracts
internal import Kernel

/// A game that is open for a player.
package struct LaunchAnswer: Codable, Hashable, JSONSchemaProviding {
  package let provider: String
  package let game: String
  package let account: String
  package let token: String
  package let expiresAt: String
  package let url: String

  init(provider: String, game: String, account: String, token: String, expiresAt: Timestamp, url: String) {
    self.provider = provider
    self.game = game
    self.account = account
    self.token = token
    self.expiresAt = expiresAt.description
    self.url = url
  }

  enum CodingKeys: String, CodingKey {
    case provider
    case game
    case account
    case token = "session_token"
    case expiresAt = "expires_at"
    case url = "launch_url"
  }

  package static let jsonSchema = JSONSchema.object(
    name: "GameLaunched",
    fields: [
      .required("provider", LaunchBody.providerSchema, "The game provider's short name."),
      .required("game", LaunchBody.gameSchema, "The provider's id of the game."),
      .required("account", .text(max: 64), "Under which account the provider knows the player."),
      .required("session_token", .string(length: 1...80, pattern: .visibleASCII), "Proves to the provider that the player plays."),
      .required("expires_at", .timestamp, "When the session ends by itself."),
      .required("launch_url", .text(max: 2048), "Where the player's browser opens the game."),
    ])
}
