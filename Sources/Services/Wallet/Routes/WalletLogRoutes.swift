package import Audit
internal import Contracts
internal import HTTPTypes
internal import Kernel
package import Platform

/// The signed log of a brand's ledger, for other roles: proofs that hold without us.
package struct WalletLogRoutes: Sendable {
  static let receiptsPath = "/internal/wallet/log/receipts"

  private let reads: LogReads
  private let receipts: WalletReceipts

  package init(reads: LogReads, receipts: WalletReceipts) {
    self.reads = reads
    self.receipts = receipts
  }

  package var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/internal/wallet/log/checkpoint", id: "readCheckpoint", summary: "The last signed checkpoint of the brand's ledger",
        access: .internalCall(brand: .required), reply: .other(contentType: "text/plain; charset=utf-8"), refusals: [.receiptMissing]
      ) { [reads] request in
        Self.note(try await reads.checkpoint(of: try request.brand()), caching: "max-age=1")
      },
      Endpoint(
        .get, Self.receiptsPath, id: "listReceipts", summary: "The receipts of all that a command posted",
        access: .internalCall(brand: .required),
        parameters: [.query("request_id", .string(length: 1...300, pattern: .visibleASCII), required: true, "The command's key.")],
        reply: .json(WalletReceiptsAnswer.self), refusals: [.receiptMissing]
      ) { [receipts] request in
        try .json(try await receipts.receipts(of: request.argument("request_id") ?? "", brand: try request.brand()))
      },
      Endpoint(
        .get, "\(Self.receiptsPath)/{seq}", id: "readReceipt", summary: "The receipt of an entry of the brand's ledger",
        access: .internalCall(brand: .required), parameters: [.path("seq", .identifier, "The entry's number.")],
        reply: .other(contentType: "text/plain; charset=utf-8"), refusals: [.receiptMissing]
      ) { [reads] request in
        // Another brand's entry is one that this brand hasn't: each counts its own.
        Self.note(try await reads.receipt(of: request.integer("seq") ?? 0, brand: try request.brand()), caching: "no-store")
      },
    ]
  }

  private static func note(_ bytes: [UInt8], caching: String) -> Reply {
    Reply(status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: caching], body: bytes)
  }
}
