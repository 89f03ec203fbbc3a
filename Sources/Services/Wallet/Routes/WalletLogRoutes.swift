package import Audit
internal import Contracts
internal import HTTPTypes
internal import Kernel
package import Platform

/// The signed log of a brand's ledger, for other roles: proofs that hold without us.
package struct WalletLogRoutes: Sendable {
  private let reads: LogReads

  package init(reads: LogReads) { self.reads = reads }

  package var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/internal/wallet/log/checkpoint", id: "readCheckpoint", summary: "The last signed checkpoint of the brand's ledger",
        access: .internalCall(brand: .required), reply: .other(contentType: "text/plain; charset=utf-8"), refusals: [.receiptMissing]
      ) { [reads] request in
        Self.note(try await reads.checkpoint(of: try request.brand()), caching: "max-age=1")
      },
      Endpoint(
        .get, "/internal/wallet/log/receipts/{seq}", id: "readReceipt", summary: "The receipt of an entry of the brand's ledger",
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
