internal import Audit
internal import Contracts
internal import Kernel

/// The receipts of a command: proofs of each of its postings.
package struct WalletReceipts: Sendable {
  private let reads: LogReads
  private let store: WalletReadStore

  init(reads: LogReads, store: WalletReadStore) {
    self.reads = reads
    self.store = store
  }

  /// - Parameter key: as it is stored.
  /// - Throws: `.receiptMissing` for a command that the brand hasn't, and until all of its postings are signed.
  func receipts(of key: String, brand: BrandID) async throws -> WalletReceiptsAnswer {
    guard let entries = try await store.entries(of: key, brand: brand) else {
      throw Problem(.receiptMissing, detail: "the brand has no such command")
    }
    let receipts = try await reads.receipts(of: entries, brand: brand)
    return WalletReceiptsAnswer(
      requestID: key,
      receipts: zip(entries, receipts).map { WalletReceipt(entry: $0, receipt: String(decoding: $1, as: UTF8.self)) })
  }
}
