internal import Evidence
internal import Platform

/// What a witness shows of itself.
struct WitnessMetrics: Sendable {
  let cosigned: Counter
  let refused: Counter

  init(_ registry: MetricsRegistry, _ state: WitnessState) {
    cosigned = registry.counter("witness_cosigned_total", "Checkpoints that were cosigned.")
    refused = registry.counter("witness_refused_total", "Requests that were refused, by reason.", labels: ["reason"])
    _ = cosigned.series()
    for label in WitnessRefusal.labels { _ = refused.series([label]) }
    let entries = registry.gauge("witness_log_entries", "Entries of a log in the last checkpoint that was cosigned.", labels: ["origin"])
    let lost = registry.gauge("witness_logs_lost", "Logs that show a cosignature of ours which our state doesn't know.")
    registry.beforeScrape { [weak state] in
      guard let state else { return }
      for signed in state.all { entries.set(Double(signed.checkpoint.size), ["\(signed.checkpoint.origin)"]) }
      lost.set(Double(state.lost.count))
    }
  }
}
