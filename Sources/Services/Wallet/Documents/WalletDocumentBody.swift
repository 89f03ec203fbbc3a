internal import Contracts
internal import Kernel

/// A brand's active topology or policy, as the queries show it.
struct WalletDocumentBody<Document: Encodable & Sendable>: Encodable, JSONSchemaProviding {
  let brand: Int64
  let version: Int64
  let document: Document

  init(brand: BrandID, version: Int64, document: Document) {
    self.brand = brand.rawValue
    self.version = version
    self.document = document
  }

  enum CodingKeys: String, CodingKey {
    case brand = "brand_id"
    case version
    case document
  }

  static var jsonSchema: JSONSchema {
    .object(
      name: "WalletDocument",
      fields: [
        .required("brand_id", .identifier, "Whose document."),
        .required("version", .identifier, "Grows with every version of the brand."),
        .required("document", .any, "As it was activated."),
      ])
  }
}
