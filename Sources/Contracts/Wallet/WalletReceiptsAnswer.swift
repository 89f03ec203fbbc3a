internal import Kernel

/// The receipts of what a command posted.
package struct WalletReceiptsAnswer: Codable, Hashable, JSONSchemaProviding {
  package let requestID: String
  package let receipts: [WalletReceipt]

  package init(requestID: String, receipts: [WalletReceipt]) {
    self.requestID = requestID
    self.receipts = receipts
  }

  enum CodingKeys: String, CodingKey {
    case requestID = "request_id"
    case receipts
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletReceipts",
    fields: [
      .required("request_id", .text(max: 300), "The command, as the wallet keeps it."),
      .required("receipts", .array(items: WalletReceipt.jsonSchema, countMax: 128), "One a posting; none where no money moved."),
    ])
}
