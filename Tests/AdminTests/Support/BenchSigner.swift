import Audit
import Evidence
import Foundation
import Kernel
import Logging
import Platform
import Testing

/// Signs every log of a bench, as `wallet_worker` does.
struct BenchSigner {
  let worker: LogWorker
  /// What a stranger trusts.
  let trust: Trust
  private let folder: String

  init(_ bench: AdminBench) throws {
    folder = FileManager.default.temporaryDirectory.path + "/cordon-admin-evidence-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let name = try #require(OperatorName("test.example"))
    let key = SigningKey()
    let history = KeyHistory(first: try KeyRecord(first: key, of: name, from: Timestamp(seconds: 1_700_000_000)))
    let catalog = LogCatalog(
      brands: BrandCatalog(database: bench.app), sources: [AdminAuditLedger(), BalanceLogLedger(), RecoveryAuditLedger()])
    worker = LogWorker(
      database: bench.app, logs: catalog, signer: try #require(LogSigner(key: key, history: history)),
      memory: LogMemory(directory: folder), registry: MetricsRegistry(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let keysName = try #require(name.keysName)
    trust = Trust(keys: [try #require(VerifierKey(name: keysName, kind: .ed25519, publicKey: key.publicKey))])
  }

  func end() { try? FileManager.default.removeItem(atPath: folder) }
}
