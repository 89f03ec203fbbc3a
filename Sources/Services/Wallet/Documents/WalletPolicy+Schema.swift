package import Contracts

extension WalletPolicy: JSONSchemaProviding {
  /// What a new version must look like: a member that isn't listed is refused. Old versions are read without it.
  package static var jsonSchema: JSONSchema {
    .object(
      name: "WalletPolicyDocument",
      fields: [
        .required("limits", .map(values: limitsSchema), "Bounds of the amount, by command; one that isn't listed has the platform's own."),
        .optional(
          "transfers", .array(items: transferSchema, countMax: 256),
          "Pairs of buckets that a transfer may go between; none unless it is said."),
        .optional("settle_many", .boolean, "Whether a bet may win more than once; false unless it is said."),
        .optional("providers", .map(values: ProviderAgreement.jsonSchema), "What holds for a game provider, by its short name."),
      ])
  }

  private static let limitsSchema = JSONSchema.object(
    name: "WalletAmountLimits",
    fields: [
      .required("min", .integer(0...Int64.max), "The smallest amount in minor units."),
      .required("max", .integer(0...Int64.max), "The largest."),
    ])

  private static let transferSchema = JSONSchema.object(
    name: "WalletTransferRule",
    fields: [
      .required("from", .string(length: 1...32), "The bucket that gives."), .required("to", .string(length: 1...32), "The one that gains."),
    ])
}
