import Foundation
import Kernel
import Testing

@Suite("Alert rules")
struct AlertRuleTests {
  /// What the release gate reads (S0-GATE, S0-ENF-23).
  private static let gateMetrics: Set<String> = [
    "wallet_cross_brand_rejected_total", "wallet_brand_signature_missing_total", "multi_brand_enforcement_mode",
    "brand_resolution_failed_total", "wallet_outbox_oldest_unpublished_seconds", "event_legacy_schema_total",
    "game_callback_brand_unresolved_total", "admin_ws_legacy_query_token_total", "security_downgrade_total",
  ]

  /// Of those, what every release shows.
  private static let gateMetricsMin: Set<String> = [
    "wallet_cross_brand_rejected_total", "wallet_brand_signature_missing_total", "multi_brand_enforcement_mode",
    "brand_resolution_failed_total", "game_callback_brand_unresolved_total", "wallet_outbox_oldest_unpublished_seconds",
    "security_downgrade_total",
  ]

  @Test(
    "S0-OBS-09 S0-OBS-18 S0-OBS-20 S0-OBS-23 S0-OBS-25 S0-OBS-26 S0-OBS-30 S0-OBS-36 S0-OBS-60…63 S0-RB-01 S0-RB-02 S0-RB-05 S4-INT-08 promtool accepts the rules, and their unit tests pass"
  )
  func promtool() throws {
    #expect(try Promtool.run(["check", "rules", AlertRule.file]) == 0)
    #expect(try Promtool.run(["check", "config", AlertRule.folder + "/prometheus.yml"]) == 0)
    #expect(try Promtool.run(["test", "rules"] + AlertRule.testFiles()) == 0)
  }

  @Test("promtool notices a rule whose threshold was changed: the unit tests are about these rules")
  func planted() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cordon-rules-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in try AlertRule.testFiles() {
      try FileManager.default.copyItem(atPath: file, toPath: folder.path + "/" + (file as NSString).lastPathComponent)
    }
    let rules = try String(contentsOfFile: AlertRule.file, encoding: .utf8)
    let changed = rules.replacing(
      "(wallet_outbox_oldest_unpublished_seconds) > 60", with: "(wallet_outbox_oldest_unpublished_seconds) > 6000")
    #expect(changed != rules)
    try changed.write(toFile: folder.path + "/cordon.rules.yml", atomically: true, encoding: .utf8)
    #expect(try Promtool.run(["test", "rules", folder.path + "/outbox.test.yml"]) != 0)
    #expect(try Promtool.run(["test", "rules", folder.path + "/wallet.test.yml"]) == 0)
  }

  @Test("each alert has a unit test in which it fires and one in which it stays silent")
  func firingAndSilent() throws {
    var firing: Set<String> = []
    var silent: Set<String> = []
    for file in try AlertRule.testFiles() {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      for match in text.matches(of: /alertname: (\w+)\n +exp_alerts:( \[\])?/) {
        if match.output.2 == nil { firing.insert(String(match.output.1)) } else { silent.insert(String(match.output.1)) }
      }
    }
    let names = Set(try AlertRule.all().map(\.name))
    #expect(names.count > 30)
    #expect(names.subtracting(firing) == [])
    #expect(names.subtracting(silent) == [])
  }

  @Test("S0-RB-01 each alert has a severity and leads to a chapter of the playbook")
  func runbooks() throws {
    let chapters = try Playbook.chapters()
    let base = "https://cordon.dev/docs/operating/diagnosis-playbook.md#"
    for rule in try AlertRule.all() {
      #expect(["page", "ticket"].contains(rule.severity), "\(rule.name)")
      let chapter = rule.runbook.map { $0.hasPrefix(base) ? String($0.dropFirst(base.count)) : $0 }
      #expect(chapters[chapter ?? ""] != nil, "\(rule.name): \(rule.runbook ?? "no runbook_url")")
    }
  }

  @Test("S0-RB-02 alerts that enforcement itself can cause lead to the way back, which is written down and works")
  func rollback() throws {
    let text = try String(contentsOfFile: AlertRule.file, encoding: .utf8)
    let page = try String(contentsOfFile: AlertRule.folder + "/../../docs/operating/enforcement.md", encoding: .utf8)
    #expect(page.contains("\n## Back\n") && page.contains("cordon flip revert"))
    for name in ["CordonWalletCrossBrandRejected", "CordonGameCallbackUnresolved", "CordonGameCrossBrand"] {
      let rule = text.components(separatedBy: "- alert: ").first { $0.hasPrefix(name + "\n") } ?? ""
      #expect(rule.contains("rollback_url: https://cordon.dev/docs/operating/enforcement.md#back"), "\(name)")
    }
  }

  @Test("S0-OBS-57 rules name only metrics that a running stack shows, and each of the release gate's that it shows has a rule")
  func metricsExist() async throws {
    let families = try await StackMetrics.families()
    var named: Set<String> = []
    for rule in try AlertRule.all() {
      #expect(!rule.families.isEmpty, "\(rule.name)")
      // Witnesses are asked only where a policy names them, which this stack's doesn't.
      let shown = rule.families.filter { !$0.hasPrefix("evidence_witness_") }
      #expect(shown.subtracting(families.types.keys) == [], "\(rule.name)")
      named.formUnion(rule.families)
    }
    let shown = Self.gateMetrics.intersection(families.types.keys)
    #expect(Self.gateMetricsMin.subtracting(shown) == [])
    #expect(shown.subtracting(named) == [], "the release gate reads it, and nothing warns of it")
  }

  @Test("S0-WAL-36 the alert for slow ledger writes has the threshold of the limits")
  func ledgerDelay() throws {
    let rule = try #require(try AlertRule.all().first { $0.name == "CordonWalletLedgerSlow" })
    #expect(rule.expression.contains("wallet_ledger_write_delay_seconds_bucket{le=\"\(Limits.walletLedgerWriteDelaySecondsMax)\"}"))
  }
}
