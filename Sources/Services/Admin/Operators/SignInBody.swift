internal import Contracts
internal import Kernel

/// What an operator signs in with.
struct SignInBody: Codable, JSONSchemaProviding {
  let adminID: String
  let password: String

  enum CodingKeys: String, CodingKey {
    case adminID = "admin_id"
    case password
  }

  static let jsonSchema = JSONSchema.object(
    name: "OperatorSignIn",
    fields: [
      .required(
        "admin_id", .string(length: 1...Limits.operatorIDCharactersMax, pattern: .printable, example: "ops:alice"), "The operator."),
      .required("password", .string(length: 1...Limits.passwordBytesMax), "The operator's password."),
    ])
}
