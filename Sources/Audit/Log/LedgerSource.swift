package import Evidence
package import Postgres

/// Where the entries of a ledger are read. Each ledger that is a log has one.
package protocol LedgerSource: Sendable {
  var ledger: Ledger { get }
  /// Whether brands have logs of it.
  var isOfBrands: Bool { get }

  /// The brand's entries behind `seq`, in their order.
  func entries(after seq: Int64, limit: Int64, _ transaction: BrandTransaction) async throws -> [LogEntry]

  /// Whether the brand has entries behind `seq`. Asked of every log each second.
  func isLonger(than seq: Int64, _ transaction: BrandTransaction) async throws -> Bool
}

extension LedgerSource {
  package var isOfBrands: Bool { true }

  package func isLonger(than seq: Int64, _ transaction: BrandTransaction) async throws -> Bool {
    try await !entries(after: seq, limit: 1, transaction).isEmpty
  }
}
