internal import Contracts
internal import Kernel

/// Who does something to a version, and why. It is in the body because the brand signature covers that.
struct WalletDocumentActBody: Decodable, JSONSchemaProviding {
  let operatorID: String
  let reason: String

  enum CodingKeys: String, CodingKey {
    case operatorID = "operator_id"
    case reason
  }

  static let fields: [JSONSchema.Field] = [
    .required(
      "operator_id", .string(length: 1...Limits.operatorIDCharactersMax, pattern: .visibleASCII), "The operator, for the audit."),
    .required("reason", .string(length: 1...500, pattern: .printable), "Why, for the audit."),
  ]

  static let jsonSchema = JSONSchema.object(name: "WalletDocumentAct", fields: fields)
}
