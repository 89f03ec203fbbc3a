package import Postgres

/// A ledger that has entries of the platform itself, too.
package protocol PlatformLedgerSource: LedgerSource {
  /// The entries without a brand behind `seq`, in their order.
  func entries(after seq: Int64, limit: Int64, _ transaction: PlatformTransaction) async throws -> [LogEntry]

  /// Whether there are entries without a brand behind `seq`. Asked of every log each second.
  func isLonger(than seq: Int64, _ transaction: PlatformTransaction) async throws -> Bool
}

extension PlatformLedgerSource {
  package func isLonger(than seq: Int64, _ transaction: PlatformTransaction) async throws -> Bool {
    try await !entries(after: seq, limit: 1, transaction).isEmpty
  }
}
