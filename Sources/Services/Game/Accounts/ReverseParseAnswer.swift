internal import Kernel
package import Contracts

/// Whose an outbound account is.
package struct ReverseParseAnswer: Codable, Hashable, JSONSchemaProviding {
  package let brand: Int64
  package let brandCode: String
  /// Nil where the brand has no such player.
  package let player: Int64?
  package let form: String

  init(brand: Brand, player: PlayerID?, form: AccountResolution.Form) {
    self.brand = brand.id.rawValue
    self.brandCode = brand.code.rawValue
    self.player = player?.rawValue
    self.form = form.rawValue
  }

  enum CodingKeys: String, CodingKey {
    case brand = "brand_id"
    case brandCode = "brand_code"
    case player = "player_id"
    case form
  }

  package static let jsonSchema = JSONSchema.object(
    name: "ReverseParse",
    fields: [
      .required("brand_id", .identifier, "The brand that the account is of."),
      .required("brand_code", .string(length: 1...Limits.brandCodeCharactersMax, pattern: .lowercaseWord), "Its code."),
      .optional("player_id", .identifier, "The player; absent where the brand has no such player."),
      .required("form", .choice(["namespaced", "alias", "raw_account", "raw_guid"]), "How the account is written."),
    ])
}
