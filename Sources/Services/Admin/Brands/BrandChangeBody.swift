internal import Contracts

/// What of a brand may change. Code and currency don't: accounts at providers carry the one, wallets are kept in the other.
struct BrandChangeBody: Codable, JSONSchemaProviding {
  let name: String
  let reason: String?

  static let jsonSchema = JSONSchema.object(
    name: "BrandChange",
    fields: [
      .required("name", NewBrandBody.nameSchema, "The name that people see."),
      .optional("reason", ReasonBody.reasonSchema, "Why, for the audit."),
    ])
}
