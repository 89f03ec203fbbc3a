package import Contracts
package import Platform

/// One page of a brand's versions, newest first, without the documents.
package struct WalletDocumentList: Sendable, JSONSchemaProviding {
  package let versions: [WalletDocumentVersion]
  /// Nil on the last page.
  package let nextCursor: String?

  package init(_ versions: [WalletDocumentVersion], nextCursor: String? = nil) {
    self.versions = versions
    self.nextCursor = nextCursor
  }

  package var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("data", .array(versions.map(\.summary))), ("has_more", .boolean(nextCursor != nil)),
    ]
    if let nextCursor { members.append(("next_cursor", .string(nextCursor))) }
    return .members(members)
  }

  package static var jsonSchema: JSONSchema {
    .object(
      name: "WalletDocumentList",
      fields: [
        .required(
          "data", .array(items: .object(name: "WalletDocumentSummary", fields: WalletDocumentVersion.fields), countMax: 100), "The page."),
        .required("has_more", .boolean, "Whether another page follows."),
        .optional("next_cursor", .text(max: 400), "Send as cursor to get the next page."),
      ])
  }
}
