import Evidence
import Foundation
import Kernel
import Platform
import Postgres
import TestSupport

@testable import Audit
@testable import Wallet

/// A wallet whose logs are signed when the test says so.
struct LogBench: Sendable {
  struct Death: Error {}

  static let trusted = OperatorName("test.example")
  static let seed = [UInt8](repeating: 7, count: SigningKey.seedByteCount)

  let wallet: WalletBench
  let directory: String
  let signer: LogSigner

  /// - Parameter policy: of the witnesses whose cosignatures the service shows.
  static func run(policy: String? = nil, _ body: @escaping @Sendable (LogBench) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory.path + "/cordon-log-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    guard let name = trusted, let key = SigningKey(seed: seed) else { throw Death() }
    let history = KeyHistory(first: try KeyRecord(first: key, of: name, from: Timestamp(seconds: 1_700_000_000)))
    guard let signer = LogSigner(key: key, history: history) else { throw Death() }
    let witnesses = try policy.map { try TrustPolicy(text: Array($0.utf8)) }
    try await WalletBench.run(witnesses: witnesses) { wallet in
      try await body(LogBench(wallet: wallet, directory: directory, signer: signer))
    }
  }

  /// One step of a process that begins now.
  @discardableResult
  func sign(brand: Int64 = 1, dyingAt death: LogStep? = nil) async throws -> LogPublisher.Progress? {
    let publisher = LogPublisher(signer: signer, memory: LogMemory(directory: directory), clock: .system) { step in
      if step == death { throw Death() }
    }
    return try await LogBook(database: wallet.app).sign(try log(brand), publisher)
  }

  /// Why the next step is refused; nil where it isn't.
  func refusal(brand: Int64 = 1) async throws -> LogRefusal? {
    do {
      try await sign(brand: brand)
      return nil
    } catch let refusal as LogRefusal {
      return refusal
    }
  }

  func audit(brand: Int64 = 1) async throws -> LogAudit.Result {
    try await LogAudit(database: wallet.app).run(try log(brand)) { _ in }
  }

  func log(_ brand: Int64) throws -> LedgerLog { .brand(try id(brand), WalletLedgerSource()) }

  func id(_ brand: Int64) throws -> BrandID {
    guard let id = BrandID(brand) else { throw Death() }
    return id
  }

  /// So many deposits, two entries each, in few requests.
  func play(_ count: Int, _ run: String = UUID().uuidString) async throws {
    for start in stride(from: 0, to: count, by: 100) {
      let commands = (start..<min(start + 100, count)).map {
        #"{"command":"deposit","idempotency_key":"\#(run)-\#($0)","player_id":1,"amount":5,"currency":"EUR"}"#
      }
      let call = try await wallet.send(
        "/internal/wallet/batch", as: .game, body: #"{"commands":[\#(commands.joined(separator: ","))]}"#)
      guard call.status == 200 else { throw Death() }
    }
  }

  /// Changes rows as a superuser who switches the triggers off.
  func plant(_ sql: String) async throws {
    try await wallet.database.psql(
      """
      BEGIN; SET LOCAL session_replication_role = replica;
      ALTER TABLE wallet.wallet_ledger DISABLE TRIGGER ALL; ALTER TABLE evidence.log_checkpoint DISABLE TRIGGER ALL;
      ALTER TABLE evidence.log_tile DISABLE TRIGGER ALL; ALTER TABLE evidence.log_cosignature DISABLE TRIGGER ALL;
      \(sql);
      ALTER TABLE wallet.wallet_ledger ENABLE TRIGGER ALL; ALTER TABLE evidence.log_checkpoint ENABLE TRIGGER ALL;
      ALTER TABLE evidence.log_tile ENABLE TRIGGER ALL; ALTER TABLE evidence.log_cosignature ENABLE TRIGGER ALL;
      ALTER TABLE wallet.wallet_ledger ENABLE ALWAYS TRIGGER trg_wallet_ledger_no_update_delete; COMMIT;
      """)
  }

  /// Which checkpoints have cosignatures, as `brand:size` each.
  func cosigned() async throws -> String {
    // brand-global: test: all brands' at once
    try await wallet.database.psql(
      "SELECT string_agg(brand_id || ':' || tree_size, ' ' ORDER BY brand_id, tree_size) FROM evidence.log_cosignature")
  }

  func sizes(brand: Int = 1) async throws -> String {
    try await wallet.database.psql(
      "SELECT string_agg(tree_size::text, ',' ORDER BY tree_size) FROM evidence.log_checkpoint WHERE brand_id = \(brand)")
  }
}
