/// A session's tokens, as log-in and refresh answer them.
package struct TokenPairBody: Codable, Hashable, JSONSchemaProviding {
  package let accessToken: String
  package let tokenType: String
  /// Seconds.
  package let expiresIn: Int64
  package let refreshToken: String
  /// Seconds.
  package let refreshExpiresIn: Int64
  package let playerID: Int64
  package let sessionID: String

  package init(
    accessToken: String, expiresIn: Int64, refreshToken: String, refreshExpiresIn: Int64, playerID: Int64, sessionID: String
  ) {
    self.accessToken = accessToken
    self.tokenType = "Bearer"
    self.expiresIn = expiresIn
    self.refreshToken = refreshToken
    self.refreshExpiresIn = refreshExpiresIn
    self.playerID = playerID
    self.sessionID = sessionID
  }

  private enum CodingKeys: String, CodingKey {
    case accessToken = "access_token"
    case tokenType = "token_type"
    case expiresIn = "expires_in"
    case refreshToken = "refresh_token"
    case refreshExpiresIn = "refresh_expires_in"
    case playerID = "player_id"
    case sessionID = "session_id"
  }

  package static let jsonSchema = JSONSchema.object(
    name: "TokenPair",
    fields: [
      .required(
        "access_token", .string(length: 1...4096, pattern: .visibleASCII), "For the Authorization header: Bearer, a space, and this."),
      .required("token_type", .choice(["Bearer"]), "How the access token is sent."),
      .required("expires_in", .integer(1...Int64.max), "Seconds that the access token lives."),
      .required("refresh_token", .string(length: 1...4096, pattern: .visibleASCII), "For the next pair; good for one use."),
      .required("refresh_expires_in", .integer(1...Int64.max), "Seconds that the refresh token lives."),
      .required("player_id", .identifier, "The player, in this brand."),
      .required("session_id", .uuid, "The session that both tokens belong to."),
    ])
}
