/// A counter that must stand at zero while a service observes: each count is a request that `enforce` would have refused. A service that doesn't
/// have it says nothing against the flip.
struct QuietCounter: Hashable, Sendable {
  let metric: String
  let labels: [String: String]

  init(_ metric: String, _ labels: [String: String] = [:]) {
    self.metric = metric
    self.labels = labels
  }

  /// What the runbook reads before the flip (S0-ENF-23), and what else of ours `enforce` refuses.
  static let all = [
    QuietCounter("wallet_cross_brand_rejected_total", ["mode": "observe"]),
    QuietCounter("game_cross_brand_rejected_total", ["mode": "observe"]),
    QuietCounter("event_legacy_schema_total"),
    QuietCounter("game_callback_brand_unresolved_total", ["reason": "raw_account_in_enforce"]),
    QuietCounter("game_callback_brand_unresolved_total", ["reason": "raw_guid_in_enforce"]),
    QuietCounter("wallet_brand_signature_missing_total"),
    QuietCounter("admin_ws_legacy_query_token_total"),
    QuietCounter("wallet_idempotency_brand_split_total"),
    QuietCounter("brand_resolution_failed_total", ["reason": "missing_header"]),
    QuietCounter("brand_resolution_failed_total", ["reason": "unresolved_brand"]),
  ]

  /// Every series above zero, one for each command, caller, provider or brand that its labels name.
  func counts(in metrics: MetricsText) -> [String] {
    metrics.series(metric, labels).filter { $0.value > 0 }.map { "\($0.name) is \(Int($0.value)), not 0" }
  }
}
