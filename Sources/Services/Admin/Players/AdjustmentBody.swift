internal import Contracts
internal import Kernel

/// A correction of one bucket of a player.
struct AdjustmentBody: Codable, JSONSchemaProviding {
  let amount: Int64
  let currency: String
  let bucket: String
  let reason: String

  static let jsonSchema = JSONSchema.object(
    name: "Adjustment",
    fields: [
      .required("amount", .integer(-Limits.amountMinorUnitsMax...Limits.amountMinorUnitsMax), "Minor units; negative takes away."),
      .required("currency", ManualDepositBody.currencySchema, "Must be the currency of the brand's wallets."),
      .required("bucket", .string(length: 1...32, pattern: .word, example: "cash"), "The bucket of the brand's topology."),
      .required("reason", ReasonBody.reasonSchema, "Why, for the audit."),
    ])
}
