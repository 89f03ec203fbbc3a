package import Contracts
package import Kernel
package import Platform
internal import Postgres

/// One version of a brand's topology or policy: `wallet.wallet_topology`, `wallet.wallet_policy`.
package struct WalletDocumentVersion: Hashable, Sendable, JSONSchemaProviding {
  package let brand: BrandID
  package let version: Int64
  package let status: WalletDocumentStatus
  package let document: JSONValue
  package let createdBy: String
  package let createdAt: Timestamp
  package let activatedBy: String?
  package let activatedAt: Timestamp?
  package let retiredAt: Timestamp?

  init(row: Row) throws(PostgresError) {
    let (status, document): (String, JSONText) = (try row.get("status"), try row.get("document"))
    guard let status = WalletDocumentStatus(rawValue: status), let document = try? JSONDocument.parse(Array(document.text.utf8)) else {
      throw PostgresError(.decoding, "a version that this program can't read", operation: "read wallet documents")
    }
    self.status = status
    self.document = document
    brand = try row.get("brand_id")
    version = try row.get("version")
    createdBy = try row.get("created_by")
    createdAt = try row.get("created_at")
    activatedBy = try row.getOptional("activated_by")
    activatedAt = try row.getOptional("activated_at")
    retiredAt = try row.getOptional("retired_at")
  }

  /// Without the document, for lists.
  package var summary: JSONValue { .members(head) }

  package var json: JSONValue { .members(head + [("document", document)]) }

  private var head: [(String, JSONValue)] {
    [
      ("brand_id", .integer(brand.rawValue)), ("version", .integer(version)), ("status", .string(status.rawValue)),
      ("created_by", .string(createdBy)), ("created_at", .string(createdAt.description)), ("activated_by", .optional(activatedBy)),
      ("activated_at", .optional(activatedAt?.description)), ("retired_at", .optional(retiredAt?.description)),
    ]
  }

  package static var jsonSchema: JSONSchema {
    .object(name: "WalletDocumentVersion", fields: fields + [.required("document", .any, "As it was written.")])
  }

  static let fields: [JSONSchema.Field] = [
    .required("brand_id", .identifier, "Whose document."),
    .required("version", .identifier, "Grows with every version of the brand."),
    .required("status", .choice(WalletDocumentStatus.allCases.map(\.rawValue)), "At most one version of a brand is active."),
    .required("created_by", .text(max: 200), "Operator who wrote it."),
    .required("created_at", .timestamp, "When it was written."),
    .required("activated_by", .nullable(.text(max: 200)), "Operator who activated it."),
    .required("activated_at", .nullable(.timestamp), "When it became the active one."),
    .required("retired_at", .nullable(.timestamp), "When it stopped being used, or was discarded as a draft."),
  ]
}
