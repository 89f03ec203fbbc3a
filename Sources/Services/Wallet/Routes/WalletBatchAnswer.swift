internal import Contracts
internal import Kernel

/// The outcomes of a batch's commands, in their order. Only its shape: the answer is written by hand (``WalletBatchRoute``).
enum WalletBatchAnswer: JSONSchemaProviding {
  static var jsonSchema: JSONSchema {
    .object(
      name: "WalletBatchResult",
      fields: [
        .required(
          "results",
          .array(
            items: .object(
              name: "WalletBatchOutcome",
              fields: [
                .required("status", .integer(200...599), "The HTTP status that the command's own route would have."),
                .required("replayed", .boolean, "Whether it is the answer of an earlier request under the same key."),
                .required("body", .any, "The command's answer, or its problem."),
                .optional("idempotency_key", .text(max: 512), "The command's, as it was sent."),
              ]), countMax: Limits.walletBatchCommandsMax), "One for each command.")
      ])
  }
}
