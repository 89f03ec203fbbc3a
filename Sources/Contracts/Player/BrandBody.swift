/// What everybody may know of a brand.
package struct BrandBody: Codable, Hashable, JSONSchemaProviding {
  package let brandCode: String
  package let currency: String
  /// Decimal places of the currency's minor unit.
  package let currencyExponent: Int64

  package init(brandCode: String, currency: String, currencyExponent: Int64) {
    self.brandCode = brandCode
    self.currency = currency
    self.currencyExponent = currencyExponent
  }

  private enum CodingKeys: String, CodingKey {
    case brandCode = "brand_code"
    case currency
    case currencyExponent = "currency_exponent"
  }

  package static let jsonSchema = JSONSchema.object(
    name: "Brand",
    fields: [
      .required("brand_code", .string(length: 1...32, pattern: .lowercaseWord, example: "default"), "Short name of the brand."),
      .required("currency", .string(length: 3...5, pattern: .currencyCode, example: "EUR"), "Currency of its wallets."),
      .required("currency_exponent", .integer(0...18), "Decimal places: amounts are in minor units, so with 2 an amount of 1250 is 12.50."),
    ])
}
