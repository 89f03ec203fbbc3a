/// What a player trades for a new pair of tokens.
package struct RefreshBody: Codable, Hashable, JSONSchemaProviding {
  package let refreshToken: String

  package init(refreshToken: String) { self.refreshToken = refreshToken }

  private enum CodingKeys: String, CodingKey {
    case refreshToken = "refresh_token"
  }

  package static let jsonSchema = JSONSchema.object(
    name: "Refresh",
    fields: [
      .required(
        "refresh_token", .string(length: 1...4096, pattern: .visibleASCII),
        "The newest refresh token of the session. It is good for one use; a second use ends the session.")
    ])
}
