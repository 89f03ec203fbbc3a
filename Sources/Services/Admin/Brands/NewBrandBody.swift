internal import Contracts
internal import Kernel

/// A brand to create.
struct NewBrandBody: Codable, JSONSchemaProviding {
  let code: String
  let name: String
  let currency: String

  enum CodingKeys: String, CodingKey {
    case code = "brand_code"
    case name
    case currency = "default_currency"
  }

  static let nameSchema = JSONSchema.string(length: 1...64, pattern: .printable, example: "Brand Two")

  static let jsonSchema = JSONSchema.object(
    name: "NewBrand",
    fields: [
      .required(
        "brand_code", .string(length: 1...Limits.brandCodeCharactersMax, pattern: .lowercaseWord, example: "brand2"),
        "Short key: metric label, and prefix of provider accounts. It can't be changed later."),
      .required("name", nameSchema, "The name that people see."),
      .required(
        "default_currency", .string(length: 3...5, pattern: .currencyCode, example: "USD"),
        "Currency of the brand's wallets. It can't be changed later."),
    ])
}
