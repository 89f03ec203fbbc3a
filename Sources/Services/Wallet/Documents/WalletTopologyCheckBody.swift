internal import Contracts

/// A topology document that somebody thinks of activating.
struct WalletTopologyCheckBody: Decodable, JSONSchemaProviding {
  let document: WalletTopologyDocument

  static var jsonSchema: JSONSchema {
    .object(name: "WalletTopologyCheck", fields: [.required("document", WalletTopologyDocument.jsonSchema, "The document.")])
  }
}
