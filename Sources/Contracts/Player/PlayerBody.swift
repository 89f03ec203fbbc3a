internal import Kernel

/// A player, as the player sees it.
package struct PlayerBody: Codable, Hashable, JSONSchemaProviding {
  package let playerID: Int64
  package let account: String
  package let status: String
  package let createdAt: String
  package let email: String?
  package let phone: String?

  package init(playerID: Int64, account: String, status: String, createdAt: String, email: String?, phone: String?) {
    self.playerID = playerID
    self.account = account
    self.status = status
    self.createdAt = createdAt
    self.email = email
    self.phone = phone
  }

  private enum CodingKeys: String, CodingKey {
    case playerID = "player_id"
    case account
    case status
    case createdAt = "created_at"
    case email
    case phone
  }

  package static let jsonSchema = JSONSchema.object(
    name: "Player",
    fields: [
      .required("player_id", .identifier, "The player, in this brand: another brand may have the same number."),
      .required("account", .string(length: Limits.accountCharactersMin...Limits.accountCharactersMax, pattern: .word), "As registered."),
      .required("status", .choice(["active", "suspended"]), "Whether the player may log in."),
      .required("created_at", .timestamp, "When the player registered."),
      .optional("email", .string(length: 3...254), "E-mail address, where one was given."),
      .optional("phone", .string(length: 8...16), "Phone number, where one was given."),
    ])
}
