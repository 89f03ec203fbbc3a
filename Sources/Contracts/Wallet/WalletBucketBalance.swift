/// What one bucket holds.
package struct WalletBucketBalance: Codable, Hashable, JSONSchemaProviding {
  package let bucket: String
  package let amount: Int64
  package let withdrawable: Bool

  package init(bucket: String, amount: Int64, withdrawable: Bool) {
    self.bucket = bucket
    self.amount = amount
    self.withdrawable = withdrawable
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletBucketBalance",
    fields: [
      .required("bucket", WalletSchemas.bucket, "Name in the brand's topology."),
      .required("amount", WalletSchemas.amountOrZero, "Minor units."),
      .required("withdrawable", .boolean, "Whether a withdrawal may take from it."),
    ])
}
