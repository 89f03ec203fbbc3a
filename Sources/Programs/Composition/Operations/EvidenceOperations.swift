package import Audit
package import Evidence
internal import Foundation
package import Kernel
internal import Platform
package import Postgres

/// What an operator does with the signed logs: look, check, publish.
package struct EvidenceOperations: Sendable {
  private let database: Database
  private let logs: LogCatalog
  private let policy: TrustPolicy?

  /// - Parameter policy: whose cosignatures what leaves the house should have; nil for nobody's.
  package init(database: Database, policy: TrustPolicy? = nil) {
    self.database = database
    self.policy = policy
    logs = EvidenceLedgers.catalog(BrandCatalog(database: database))
  }

  /// - Parameter brand: nil for every brand.
  package func brands(_ brand: BrandID?) async throws -> [Brand] {
    let chosen = try await BrandCatalog(database: database).all().filter { brand == nil || $0.id == brand }
    if let brand, chosen.isEmpty { throw OperationRefused(.notFound, "there is no brand \(brand)") }
    return chosen
  }

  /// A brand's logs, or the platform's; those of `ledgers` alone where any are named.
  package func logs(of scope: LogScope, only ledgers: [Ledger]) throws -> [LedgerLog] {
    let chosen = logs.logs(of: scope, only: ledgers)
    guard !chosen.isEmpty else { throw OperationRefused(.notFound, "\(scope) has no such log") }
    return chosen
  }

  /// Whether there are such logs at all: some ledgers are of brands alone.
  package func hasLogs(of scope: LogScope, only ledgers: [Ledger]) -> Bool { !logs.logs(of: scope, only: ledgers).isEmpty }

  /// Reads a whole log and compares it with every checkpoint. Changes nothing.
  ///
  /// - Parameter published: what is known from elsewhere to have been signed of it.
  package func check(
    _ log: LedgerLog, published: [Checkpoint] = [], progress: (Int64) -> Void
  ) async throws -> LogAudit.Result {
    try await LogAudit(database: database).run(log, published: published, progress: progress)
  }

  /// Writes the brands' logs as static files (``LogFiles``). One process at a time works in the folder.
  ///
  /// - Returns: what was published of each log of which something is signed.
  package func publish(
    _ brands: [Brand], to directory: String, progress: (Brand, Int) -> Void
  ) async throws -> [LogFiles.Result] {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let lock: FolderLock
    do throws(FileFault) {
      lock = try FolderLock(directory, name: ".lock")
    } catch {
      throw OperationRefused(.conflict, error.description)
    }
    var results: [LogFiles.Result] = []
    for brand in brands {
      for log in logs.logs(of: .brand(brand.id)) {
        let files = LogFiles(log, database: database, policy: policy)
        if let result = try await files.publish(under: directory, progress: { progress(brand, $0) }) { results.append(result) }
      }
    }
    withExtendedLifetime(lock) {}
    return results
  }
}
