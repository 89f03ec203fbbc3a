package import Contracts

extension WalletTopologyDocument: JSONSchemaProviding {
  /// What a new version must look like: a member that isn't listed is refused. Old versions are read without it.
  package static var jsonSchema: JSONSchema {
    let name = JSONSchema.string(length: 1...32)
    let rule = JSONSchema.object(
      name: "WalletBucketRule",
      fields: [
        .required("name", name, "The bucket."), .required("withdrawable", .boolean, "Whether withdrawals may take from it."),
      ])
    return .object(
      name: "WalletTopologyDocument",
      fields: [
        .required("buckets", .array(items: rule, countMax: 64), "The buckets of a wallet."),
        .required("bet_order", .array(items: name, countMax: 64), "Buckets that a bet takes from, in order."),
        .required("deposit_bucket", name, "Where deposits go."),
        .required("win_bucket", name, "Where wins go."),
        .optional("bonus_bucket", name, "Where granted bonuses go; a brand without it grants none."),
        .optional("conversion_bucket", name, "Where a bonus goes that becomes the player's own; the win bucket unless it is said."),
        .optional("reward_bucket", name, "Where rebates, cashbacks and lossbacks go; the win bucket unless it is said."),
      ])
  }
}
