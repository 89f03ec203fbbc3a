internal import Contracts
internal import Platform

/// A document that an operator writes, of the shape `Shape`. It is stored as it was sent, not as this program would write it.
struct WalletDocumentDraftBody<Shape: JSONSchemaProviding>: Decodable, JSONSchemaProviding {
  let document: JSONValue
  let operatorID: String
  let reason: String

  enum CodingKeys: String, CodingKey {
    case document
    case operatorID = "operator_id"
    case reason
  }

  static var jsonSchema: JSONSchema {
    guard case .object(let name, _) = Shape.jsonSchema else { return .any }
    return .object(
      name: name + "Draft", fields: [.required("document", Shape.jsonSchema, "The document.")] + WalletDocumentActBody.fields)
  }
}
