internal import Contracts

/// What the provider is told; it asks for the status 200 alone.
struct PaymentCallbackAnswer: Codable, JSONSchemaProviding {
  let outcome: String

  static let jsonSchema = JSONSchema.object(
    name: "PaymentCallback",
    fields: [
      .required(
        "outcome", .choice(["approved", "review", "unknown_deposit", "noted", "replayed"]),
        "approved: credited. review: a person decides. unknown_deposit: no such deposit. noted: nothing to do. replayed: handled before.")
    ])
}
