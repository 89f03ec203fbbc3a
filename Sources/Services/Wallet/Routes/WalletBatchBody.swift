internal import Contracts
internal import Kernel
internal import Platform

/// Commands of one brand, in the order in which they are to take effect.
struct WalletBatchBody: Decodable, JSONSchemaProviding {
  /// Looked at one by one, so that a command that isn't one has an outcome of its own too.
  let commands: [JSONValue]

  static var jsonSchema: JSONSchema {
    .object(
      name: "WalletBatch",
      fields: [
        .required(
          "commands", .array(items: .any, countMax: Limits.walletBatchCommandsMax),
          "Each is the body of the command's own route with two members more: command (deposit, authorize, …) and idempotency_key.")
      ])
  }
}
