internal import Audit
package import Evidence
internal import Foundation
package import Kernel
internal import Platform
package import Postgres
package import Wallet

/// What an operator does with the signed logs: look, check, export.
package struct EvidenceOperations: Sendable {
  private let database: Database
  private let policy: TrustPolicy?

  /// - Parameter policy: whose cosignatures what leaves the house should have; nil for nobody's.
  package init(database: Database, policy: TrustPolicy? = nil) {
    self.database = database
    self.policy = policy
  }

  /// - Parameter brand: nil for every brand.
  package func brands(_ brand: BrandID?) async throws -> [Brand] {
    let chosen = try await BrandCatalog(database: database).all().filter { brand == nil || $0.id == brand }
    if let brand, chosen.isEmpty { throw OperationRefused(.notFound, "there is no brand \(brand)") }
    return chosen
  }

  /// Reads the brand's whole ledger and compares it with every checkpoint. Changes nothing.
  package func check(_ brand: Brand, progress: (Int64) -> Void) async throws -> LogAudit.Result {
    try await LogAudit(database: database).run(brand.id, progress: progress)
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
      let files = LogFiles(database: database, ledger: .walletLedger, policy: policy)
      if let result = try await files.publish(brand.id, under: directory, progress: { progress(brand, $0) }) { results.append(result) }
    }
    withExtendedLifetime(lock) {}
    return results
  }

  /// Writes a bundle, audited before anything is written. The file is there whole, or not at all.
  ///
  /// - Returns: how many entries are in it, and under a checkpoint of which size.
  package func export(
    _ brand: Brand, _ range: ClosedRange<Int64>?, signer: LogSigner, to path: String, by act: OperatorAct, progress: (Int64) -> Void
  ) async throws -> (entries: Int64, size: Int64) {
    guard !FileManager.default.fileExists(atPath: path) else { throw OperationRefused(.conflict, "\(path) is there already") }
    let export = LogExport(database: database, signer: signer, policy: policy)
    let plan = try await export.plan(brand.id, range)
    try await record(plan, brand, act)
    let unfinished = path + ".part"
    guard FileManager.default.createFile(atPath: unfinished, contents: nil, attributes: [.posixPermissions: 0o600]),
      let file = FileHandle(forWritingAtPath: unfinished)
    else { throw OperationRefused(.unusable, "\(unfinished) can't be written") }
    do {
      try await export.write(plan, of: brand.id, to: { try file.write(contentsOf: Data($0)) }, progress: progress)
      try file.synchronize()
      try file.close()
      try FileManager.default.moveItem(atPath: unfinished, toPath: path)
    } catch {
      try? FileManager.default.removeItem(atPath: unfinished)
      throw error
    }
    return (plan.log.count, plan.checkpoint.checkpoint.size)
  }

  private func record(_ plan: LogExport.Plan, _ brand: Brand, _ act: OperatorAct) async throws {
    let entry = AuditEntry(
      .evidenceExport, .evidenceBundle, "\(plan.checkpoint.checkpoint.origin)", by: act.operatorID,
      new: [
        "first_entry": .integer(plan.log.first + 1), "entries": .integer(plan.log.count),
        "checkpoint_size": .integer(plan.checkpoint.checkpoint.size),
      ], reason: act.reason)
    try await database.withBrand(brand.id) { transaction in try await AdminAudit.append(entry, in: transaction) }
  }
}
