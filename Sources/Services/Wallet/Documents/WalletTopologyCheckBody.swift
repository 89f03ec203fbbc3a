internal import Contracts

/// A topology document that somebody thinks of activating.
struct WalletTopologyCheckBody: Decodable, JSONSchemaProviding {
  let document: WalletTopologyDocument

  static var jsonSchema: JSONSchema {
    let name = JSONSchema.string(length: 1...32)
    return .object(
      name: "WalletTopologyCheck",
      fields: [
        .required(
          "document",
          .object(
            name: "WalletTopologyDocument",
            fields: [
              .required(
                "buckets",
                .array(
                  items: .object(
                    name: "WalletBucketRule",
                    fields: [
                      .required("name", name, "The bucket."), .required("withdrawable", .boolean, "Whether withdrawals may take from it."),
                    ]), countMax: 64), "The buckets of a wallet."),
              .required("bet_order", .array(items: name, countMax: 64), "Buckets that a bet takes from, in order."),
              .required("deposit_bucket", name, "Where deposits go."),
              .required("win_bucket", name, "Where wins go."),
            ]), "The document.")
      ])
  }
}
