internal import Contracts
internal import Kernel
internal import Platform
internal import Postgres

/// A brand as the catalogue holds it, for operators.
struct BrandEntry: JSONReplyBody, Hashable {
  let brand: Brand
  let name: String
  let createdAt: Timestamp
  let updatedAt: Timestamp

  init(row: Row) throws(PostgresError) {
    brand = try Brand(row: row)
    name = try row.get("name")
    createdAt = try row.get("created_at")
    updatedAt = try row.get("updated_at")
  }

  var json: JSONValue {
    [
      "brand_id": .init(brand.id.rawValue), "brand_code": .string(brand.code.rawValue), "name": .string(name),
      "status": .string(brand.status.rawValue), "default_currency": .string(brand.currency.code),
      "created_at": .string(createdAt.description), "updated_at": .string(updatedAt.description),
    ]
  }

  static let jsonSchema = JSONSchema.object(
    name: "CatalogueBrand",
    fields: [
      .required("brand_id", .identifier, "Number of the brand."),
      .required("brand_code", .string(length: 1...Limits.brandCodeCharactersMax, pattern: .lowercaseWord), "Short key; never changes."),
      .required("name", .text(max: 64), "The name that people see."),
      .required("status", .choice(Brand.Status.allCases.map(\.rawValue)), "A disabled brand doesn't serve players."),
      .required("default_currency", .string(length: 3...5, pattern: .currencyCode), "Currency of the brand's wallets; never changes."),
      .required("created_at", .timestamp, "When it was created."),
      .required("updated_at", .timestamp, "When it last changed."),
    ])
}
