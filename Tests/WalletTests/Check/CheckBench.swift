import Foundation
import Kernel
import Platform
import Postgres
import TestSupport
import Testing

@testable import Wallet

/// A wallet with its checker, which works when the test says so.
struct CheckBench: Sendable {
  let wallet: WalletBench
  let worker: WalletCheckWorker
  let registry: MetricsRegistry

  static func run(limits: WalletCheckLimits = WalletCheckLimits(), _ body: @escaping @Sendable (CheckBench) async throws -> Void)
    async throws
  {
    try await WalletBench.run { wallet in
      let registry = MetricsRegistry()
      try await body(CheckBench(wallet: wallet, worker: worker(wallet, registry, limits), registry: registry))
    }
  }

  static func worker(
    _ wallet: WalletBench, _ registry: MetricsRegistry = MetricsRegistry(), _ limits: WalletCheckLimits = WalletCheckLimits()
  ) -> WalletCheckWorker {
    WalletCheckWorker(
      database: wallet.app, catalog: BrandCatalog(database: wallet.app), registry: registry, logger: wallet.role.context.logger,
      limits: limits)
  }

  /// A round of what is new, and a sweep.
  func check() async {
    await worker.checkRound()
    await worker.sweepRound()
  }

  /// Twelve entries of brand 1, two a command: 1 and 2 are bob's, 3 to 8 alice's, 9 and 10 bob's, 11 and 12 alice's; and some of brand 2.
  func play() async throws {
    try await wallet.deposit(500, player: 2, key: "bob-1")
    try await wallet.deposit(1000, key: "alice-1")
    try await wallet.bet(30, reference: "b1")
    try await wallet.settle(75, reference: "b1")
    try await wallet.deposit(20, player: 2, key: "bob-2")
    try await wallet.deposit(40, key: "alice-2")
    try await wallet.deposit(7, brand: 2, key: "other")
  }

  /// Changes rows as a superuser who switches the triggers off.
  func plant(_ sql: String) async throws {
    try await wallet.database.psql(
      """
      BEGIN; SET LOCAL session_replication_role = replica;
      ALTER TABLE wallet.wallet_ledger DISABLE TRIGGER ALL; ALTER TABLE wallet.wallet_balance DISABLE TRIGGER ALL;
      \(sql);
      ALTER TABLE wallet.wallet_ledger ENABLE TRIGGER ALL; ALTER TABLE wallet.wallet_balance ENABLE TRIGGER ALL;
      ALTER TABLE wallet.wallet_ledger ENABLE ALWAYS TRIGGER trg_wallet_ledger_no_update_delete; COMMIT;
      """)
  }

  /// `kind subject` of the open findings, in the order of their kinds.
  func open(brand: Int = 1) async throws -> [String] {
    try await wallet.database.psql(
      "SELECT kind || ' ' || subject FROM wallet.wallet_check_finding WHERE brand_id = \(brand) AND resolved_at IS NULL ORDER BY 1"
    ).split(separator: "\n").map(String.init)
  }

  func metric(_ name: String, brand: String = "default", kind: WalletFindingKind? = nil) -> Double? {
    let kind = kind.map { "kind=\"\($0.rawValue)\"" } ?? name
    return registry.exposition(.prometheus).split(separator: "\n")
      .first { $0.hasPrefix(name + "{") && $0.contains("brand_code=\"\(brand)\"") && $0.contains(kind) }?
      .split(separator: " ").last.flatMap { Double($0) }
  }
}
