package import Postgres

/// A ledger that has entries of the platform itself, too.
package protocol PlatformLedgerSource: LedgerSource {
  /// The entries without a brand behind `seq`, in their order.
  func entries(after seq: Int64, limit: Int64, _ transaction: PlatformTransaction) async throws -> [LogEntry]
}
