import Foundation
import PrivateServers
import Testing

@Suite("The dashboard")
struct DashboardTests {
  /// The runbook's panels, letter by letter.
  static let required = [
    "sum by (brand_code) (rate(request_total[1m]))",
    "sum by (reason, service) (rate(brand_resolution_failed_total[5m]))",
    "sum by (command, mode) (rate(wallet_cross_brand_rejected_total[5m]))",
    "sum by (provider) (rate(game_callback_brand_unresolved_total[5m]))",
    "rate(wallet_idempotency_brand_split_total[5m])",
    "multi_brand_enforcement_mode",
    "histogram_quantile(0.99, sum by (le, service) (rate(brand_resolution_latency_seconds_bucket[5m])))",
    "increase(security_downgrade_total[1h])",
    "sum by (reason) (rate(admin_operator_id_mismatch_total[5m]))",
    "sum by (route) (rate(admin_audit_write_failed_total[5m]))",
  ]

  @Test("S0-OBS-46…55 has a panel with exactly the runbook's expression", arguments: required)
  func panels(expression: String) throws {
    #expect(try Dashboard().expressions.filter { $0 == expression }.count == 1)
  }

  @Test("S0-OBS-45 is named as the runbook looks for it, and Grafana finds nothing to stumble over in it")
  func form() throws {
    let dashboard = try Dashboard()
    #expect(dashboard.uid == "multi-brand-isolation" && dashboard.title == "multi-brand-isolation")
    #expect(dashboard.variables == ["datasource", "brand_code"])
    #expect(Set(dashboard.panels.map(\.id)).count == dashboard.panels.count)
    for (index, panel) in dashboard.panels.enumerated() {
      #expect(["row", "timeseries", "stat"].contains(panel.type) && !panel.title.isEmpty, "\(panel.title)")
      #expect(panel.expressions.isEmpty == (panel.type == "row"), "\(panel.title)")
      #expect((panel.place["x"] ?? 0) + (panel.place["w"] ?? 25) <= 24, "\(panel.title)")
      for other in dashboard.panels[(index + 1)...] { #expect(!panel.overlaps(other), "\(panel.title) lies over \(other.title)") }
    }
  }

  @Test("promtool understands each of its expressions")
  func parsed() throws {
    let rules = try Dashboard().expressions.enumerated().map { number, expression in
      "      - record: panel:\(number)\n        expr: '\(expression.replacing("$brand_code", with: ".*"))'\n"
    }
    let file = FileManager.default.temporaryDirectory.appending(path: "cordon-panels-\(UUID().uuidString).yml")
    defer { try? FileManager.default.removeItem(at: file) }
    try "groups:\n  - name: panels\n    rules:\n\(rules.joined())".write(to: file, atomically: true, encoding: .utf8)
    #expect(try Promtool.run(["check", "rules", file.path]) == 0)
    try "groups:\n  - name: panels\n    rules:\n      - record: broken\n        expr: 'sum by (rate('\n"
      .write(to: file, atomically: true, encoding: .utf8)
    #expect(try Promtool.run(["check", "rules", file.path]) != 0)
  }

  @Test("S0-OBS-56 panels of a brand are filtered by it, and show series that have the label brand_code")
  func byBrand() async throws {
    let families = try await StackMetrics.families()
    let filtered = try Dashboard().expressions.filter { $0.contains("$brand_code") }
    #expect(filtered.count >= 5)
    for expression in filtered {
      #expect(expression.contains(#"{brand_code=~"$brand_code"}"#) && expression.contains("brand_code"), "\(expression)")
      let name = String(try #require(expression.firstMatch(of: /(\w+)\{/)).output.1).replacing(/_bucket$/, with: "")
      #expect(families.labels[name]?.contains("brand_code") == true, "\(name)")
    }
    // Every role behind the gateway counts its requests by brand, whichever roles a release has.
    #expect(filtered.contains { $0.contains("sum by (service, brand_code)") && $0.contains("request_total") })
  }
}
