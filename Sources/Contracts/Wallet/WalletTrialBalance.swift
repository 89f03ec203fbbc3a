/// A brand's books at a glance: the balances sum to zero per currency, and no bucket differs from its postings.
package struct WalletTrialBalance: Codable, Hashable, JSONSchemaProviding {
  package let brand: Int64
  package let lines: [WalletTrialBalanceLine]
  package let differences: Int64

  package init(brand: Int64, lines: [WalletTrialBalanceLine], differences: Int64) {
    self.brand = brand
    self.lines = lines
    self.differences = differences
  }

  enum CodingKeys: String, CodingKey {
    case brand = "brand_id"
    case lines
    case differences
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletTrialBalance",
    fields: [
      .required("brand_id", .identifier, "Whose books."),
      .required("lines", .array(items: WalletTrialBalanceLine.jsonSchema, countMax: 10_000), "Every account with postings."),
      .required("differences", .integer(0...Int64.max), "Buckets whose balance is not the sum of their postings; zero."),
    ])
}
