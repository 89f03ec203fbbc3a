internal import Contracts
internal import Kernel

/// Money that an operator credits to a player.
struct ManualDepositBody: Codable, JSONSchemaProviding {
  let amount: Int64
  let currency: String
  let reason: String

  static let currencySchema = JSONSchema.string(length: 3...5, pattern: .currencyCode, example: "EUR")

  static let jsonSchema = JSONSchema.object(
    name: "ManualDeposit",
    fields: [
      .required("amount", .integer(1...Limits.amountMinorUnitsMax), "Minor units of the currency."),
      .required("currency", currencySchema, "Must be the currency of the brand's wallets."),
      .required("reason", ReasonBody.reasonSchema, "Why, for the audit."),
    ])
}
