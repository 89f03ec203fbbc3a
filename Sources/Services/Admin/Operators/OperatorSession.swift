internal import Contracts
internal import Kernel
internal import Security

/// A token for an operator who signed in. Operators have no refresh token: they sign in again.
struct OperatorSession: Codable, JSONSchemaProviding {
  let accessToken: String
  let tokenType: String
  let expiresIn: Int64
  let adminID: String
  let role: String
  let brands: [Int64]

  enum CodingKeys: String, CodingKey {
    case accessToken = "access_token"
    case tokenType = "token_type"
    case expiresIn = "expires_in"
    case adminID = "admin_id"
    case role
    case brands = "brand_ids"
  }

  static let jsonSchema = JSONSchema.object(
    name: "OperatorSession",
    fields: [
      .required("access_token", .text(max: TokenVerifier.tokenBytesMax), "Send as Authorization: Bearer."),
      .required("token_type", .choice(["Bearer"]), "How the token is sent (RFC 6750)."),
      .required("expires_in", .integer(1...86_400), "Seconds until the token ends."),
      .required("admin_id", .text(max: Limits.operatorIDCharactersMax), "Send as X-Operator-Id with every write."),
      .required("role", .text(max: Limits.operatorIDCharactersMax), "What the operator may do."),
      .required(
        "brand_ids", .array(items: .identifier, countMax: 10_000),
        "Where the operator may act. Empty for super-admins, who act in every brand."),
    ])
}
