internal import Kernel

/// The receipt of one posting.
package struct WalletReceipt: Codable, Hashable, JSONSchemaProviding {
  package let entry: Int64
  package let receipt: String

  package init(entry: Int64, receipt: String) {
    self.entry = entry
    self.receipt = receipt
  }

  enum CodingKeys: String, CodingKey {
    case entry = "entry_id"
    case receipt
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletReceipt",
    fields: [
      .required("entry_id", .identifier, "The posting's number in the brand's ledger."),
      .required("receipt", .text(max: 200_000), "A file for cordon-verify: the posting, its proof and the signed checkpoint."),
    ])
}
