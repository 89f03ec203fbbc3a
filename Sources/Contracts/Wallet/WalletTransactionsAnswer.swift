internal import Kernel

/// One page of transactions, newest first.
package struct WalletTransactionsAnswer: Codable, Hashable, JSONSchemaProviding {
  package let data: [WalletTransactionEntry]
  package let hasMore: Bool
  package let nextCursor: String?

  package init(data: [WalletTransactionEntry], hasMore: Bool, nextCursor: String? = nil) {
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
    name: "WalletTransactions",
    fields: [
      .required("data", .array(items: WalletTransactionEntry.jsonSchema, countMax: Limits.pageSizeMax), "The page."),
      .required("has_more", .boolean, "Whether older ones follow."),
      .optional("next_cursor", .text(max: 200), "Send as cursor to get the next page."),
    ])
}
