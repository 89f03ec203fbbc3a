import Foundation
import Kernel

/// One way to break an item of the gate, and to mend it again.
struct BrokenItem: Sendable {
  /// How it stands while it is broken.
  struct Break: Sendable {
    var arguments: [String]?
    var mend: @Sendable () async throws -> Void = {}
  }

  let id: String
  let harm: @Sendable (GateBench) async throws -> Break

  private init(_ id: String, _ harm: @escaping @Sendable (GateBench) async throws -> Break) {
    self.id = id
    self.harm = harm
  }

  static let all: [BrokenItem] = database + services + files

  // MARK: What PostgreSQL and Redis say

  private static let database: [BrokenItem] = [
    sql("S0-GATE-02", "INSERT INTO cordon.agent (agent_id, name) VALUES (900, 'Lost')", "DELETE FROM cordon.agent WHERE agent_id = 900"),
    BrokenItem("S0-GATE-06") { bench in
      try await bench.stack.redis("SET", "session:legacy", "{}")
      return Break(mend: { try await bench.stack.redis("DEL", "session:legacy") })
    },
    sql(
      "S0-GATE-07", "ALTER TABLE wallet.wallet_ledger NO FORCE ROW LEVEL SECURITY",
      "ALTER TABLE wallet.wallet_ledger FORCE ROW LEVEL SECURITY"),
    sql(
      "S0-GATE-08", "INSERT INTO cordon.brand (brand_code, name, default_currency) VALUES ('brand9', 'Nine', 'EUR')",
      "DELETE FROM cordon.brand WHERE brand_code = 'brand9'"),
    sql(
      "S0-GATE-09", "SET session_replication_role = replica; UPDATE cordon.brand_config_default SET key = 'lost' WHERE key = 'rebate_rate'",
      "SET session_replication_role = replica; UPDATE cordon.brand_config_default SET key = 'rebate_rate' WHERE key = 'lost'"),
    sql("S0-GATE-16", "ALTER TABLE cordon.agent ADD COLUMN project integer", "ALTER TABLE cordon.agent DROP COLUMN project"),
    sql(
      "S0-GATE-17",
      "SET session_replication_role = replica; INSERT INTO cordon.global_var (key, value, updated_by) VALUES ('rebate_rate', '1', 'x')",
      "SET session_replication_role = replica; DELETE FROM cordon.global_var WHERE key = 'rebate_rate'"),
  ]

  private static func sql(_ id: String, _ harm: String, _ mend: String) -> BrokenItem {
    BrokenItem(id) { bench in
      try await bench.stack.psql(harm)
      return Break(mend: { try await bench.stack.psql(mend) })
    }
  }

  // MARK: What services say

  private static let services: [BrokenItem] = [
    pretending("S0-GATE-03", .playerService, mode: "observe"),
    pretending("S0-GATE-05", .playerService, mode: "observe", uptime: 7199),
    pretending("S0-GATE-04", .gameService) {
      $0 + #"game_callback_brand_unresolved_total{provider="mg",reason="raw_guid_in_enforce"} 1"# + "\n"
    },
    pretending("S0-GATE-10", .gameService) { $0 + #"game_callback_dead_letter_pending{provider="mg"} 1"# + "\n" },
    pretending("S0-GATE-12", .adminService),
    pretending("S0-GATE-20", .walletService) {
      $0.replacing("\nwallet_brand_signature_required 1", with: "\nwallet_brand_signature_required 0")
    },
    pretending("S0-GATE-19", .walletWorker) { $0.replacing("wallet_invariant_check_age_seconds", with: "nothing") },
  ]

  private static func pretending(
    _ id: String, _ role: ServiceRole, mode: String = "enforce", uptime: Int64 = 7200,
    _ change: @escaping @Sendable (String) -> String = { $0 }
  ) -> BrokenItem {
    BrokenItem(id) { bench in
      let service = try PretendService(role.rawValue, uptime: uptime, metrics: change(try await bench.metrics(role)), mode: { mode })
      return Break(arguments: bench.arguments() + ["--instance", "\(role.rawValue)=\(service.url)"], mend: { service.stop() })
    }
  }

  // MARK: What files say

  private static let files: [BrokenItem] = [
    moving("S0-GATE-01", "records/ci.json"),
    BrokenItem("S0-GATE-11") { bench in
      let path = bench.folder + "/checkout/Sources/Store.swift"
      // brand-global: test: a query that the gate must refuse
      try #"let q: SQL = "SELECT account FROM cordon.player""#.write(toFile: path, atomically: true, encoding: .utf8)
      return Break(mend: { try FileManager.default.removeItem(atPath: path) })
    },
    BrokenItem("S0-GATE-13") { bench in
      let text = try String(contentsOfFile: bench.rules, encoding: .utf8)
      let path = bench.folder + "/rules.yml"
      try text.replacing("(wallet_outbox_oldest_unpublished_seconds", with: "(something_else").write(
        toFile: path, atomically: true, encoding: .utf8)
      return Break(arguments: bench.arguments(rules: path))
    },
    BrokenItem("S0-GATE-14") { bench in Break(arguments: bench.arguments(logs: false)) },
    changing("S0-GATE-15", "records/two-brand-staging.evidence") { $0.replacing("true", with: "false") },
    changing("S0-GATE-18", "records/penetration-test.json") { $0.replacing("ops:carol", with: "ops:mallory") },
    moving("S0-GATE-19", "records/plan.evidence"),
  ]

  private static func moving(_ id: String, _ path: String) -> BrokenItem {
    BrokenItem(id) { bench in
      let (from, to) = (bench.folder + "/" + path, bench.folder + "/aside")
      try FileManager.default.moveItem(atPath: from, toPath: to)
      return Break(mend: { try FileManager.default.moveItem(atPath: to, toPath: from) })
    }
  }

  private static func changing(_ id: String, _ path: String, _ change: @escaping @Sendable (String) -> String) -> BrokenItem {
    BrokenItem(id) { bench in
      let file = bench.folder + "/" + path
      let text = try String(contentsOfFile: file, encoding: .utf8)
      try change(text).write(toFile: file, atomically: true, encoding: .utf8)
      return Break(mend: { try text.write(toFile: file, atomically: true, encoding: .utf8) })
    }
  }
}
