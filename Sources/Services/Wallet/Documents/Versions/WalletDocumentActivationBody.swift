internal import Contracts

/// Asks for a version to become the active one.
struct WalletDocumentActivationBody: Decodable, JSONSchemaProviding {
  /// 0 for none.
  let expectedActive: Int64
  let copy: Bool?
  let operatorID: String
  let reason: String

  enum CodingKeys: String, CodingKey {
    case expectedActive = "expected_active_version"
    case copy
    case operatorID = "operator_id"
    case reason
  }

  static let jsonSchema = JSONSchema.object(
    name: "WalletDocumentActivation",
    fields: [
      .required("expected_active_version", .integer(0...Int64.max), "The version that the caller believes to be active, 0 for none."),
      .optional("copy", .boolean, "Activate a new version with this one's document: the way back to a retired version."),
    ] + WalletDocumentActBody.fields)
}
