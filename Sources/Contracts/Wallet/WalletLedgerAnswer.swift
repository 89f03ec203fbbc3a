internal import Kernel

/// One page of ledger entries, newest first.
package struct WalletLedgerAnswer: Codable, Hashable, JSONSchemaProviding {
  package let data: [WalletLedgerEntry]
  package let hasMore: Bool
  package let nextCursor: String?

  package init(data: [WalletLedgerEntry], hasMore: Bool, nextCursor: String? = nil) {
    self.data = data
    self.hasMore = hasMore
    self.nextCursor = nextCursor
  }

  enum CodingKeys: String, CodingKey {
    case data
    case hasMore = "has_more"
    case nextCursor = "next_cursor"
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletLedger",
    fields: [
      .required("data", .array(items: WalletLedgerEntry.jsonSchema, countMax: Limits.pageSizeMax), "The page."),
      .required("has_more", .boolean, "Whether older ones follow."),
      .optional("next_cursor", .text(max: 200), "Send as cursor to get the next page."),
    ])
}
