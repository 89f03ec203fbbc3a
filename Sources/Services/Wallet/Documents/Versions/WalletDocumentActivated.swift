package import Contracts
package import Platform

/// What an activation did, or would do.
package struct WalletDocumentActivated: Sendable, JSONSchemaProviding {
  /// The version that is active now; of a dry run the one that would be copied or activated, as it stands.
  package let version: WalletDocumentVersion
  /// The version that was retired.
  package let previous: Int64?

  package var json: JSONValue { ["active": version.summary, "retired_version": .optional(previous)] }

  package static var jsonSchema: JSONSchema {
    .object(
      name: "WalletDocumentActivated",
      fields: [
        .required(
          "active", .object(name: "WalletDocumentSummary", fields: WalletDocumentVersion.fields), "The version that is active now."),
        .required("retired_version", .nullable(.identifier), "The version that was active before."),
      ])
  }
}
