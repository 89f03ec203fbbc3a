internal import Kernel
package import Platform

/// What is counted about dead letters.
package struct DeadLetterMetrics: Sendable {
  let recorded: Counter
  let writeFailed: Counter
  let drained: Counter
  let replays: Counter
  private let spoolFiles: GaugeSeries
  private let spoolBytes: GaugeSeries
  private let spoolOldest: GaugeSeries
  private let asideFiles: GaugeSeries
  private let pending: Gauge
  private let pendingOldest: Gauge
  private let providers: [String]

  /// - Parameter providers: those whose series show from the start.
  package init(_ registry: MetricsRegistry, providers: [String]) {
    self.providers = providers
    recorded = registry.counter(
      "game_callback_dead_letter_recorded_total", "Dead letters that were to be kept, by where they went: table, spool, refused.",
      labels: ["provider", "kept"])
    writeFailed = registry.counter(
      "game_callback_dead_letter_write_failed_total", "Dead letters that could not be written to the table at once.", labels: ["provider"])
    drained = registry.counter(
      "game_callback_dead_letter_drained_total", "Dead letters that went from the spool into the table.", labels: ["provider"])
    replays = registry.counter(
      "game_callback_dead_letter_replayed_total", "Replays that were tried, by what came of them.", labels: ["provider", "outcome"])
    spoolFiles = registry.gauge("game_callback_dead_letter_spool_files", "Dead letters that wait in the spool.").series()
    spoolBytes = registry.gauge("game_callback_dead_letter_spool_bytes", "Bytes of the dead letters in the spool.").series()
    spoolOldest = registry.gauge(
      "game_callback_dead_letter_spool_oldest_seconds", "How long the oldest dead letter has waited in the spool."
    ).series()
    asideFiles = registry.gauge(
      "game_callback_dead_letter_spool_aside_files", "Files of the spool that can't be read and were set aside."
    ).series()
    pending = registry.gauge("game_callback_dead_letter_pending", "Dead letters that nobody has decided on.", labels: ["provider"])
    pendingOldest = registry.gauge(
      "game_callback_dead_letter_pending_oldest_seconds", "How long the oldest of them has waited.", labels: ["provider"])
    for provider in providers {
      for receipt in DeadLetterReceipt.allCases { _ = recorded.series([provider, receipt.rawValue]) }
      for counter in [writeFailed, drained] { _ = counter.series([provider]) }
      for outcome in ["replayed", "refused", "failed"] { _ = replays.series([provider, outcome]) }
      for gauge in [pending, pendingOldest] { _ = gauge.series([provider]) }
    }
  }

  func show(_ content: SpoolContent, at now: Timestamp) {
    spoolFiles.set(Double(content.letters.count))
    spoolBytes.set(Double(content.bytes))
    spoolOldest.set(content.oldest.map { Self.seconds(from: $0, to: now) } ?? 0)
    asideFiles.set(Double(content.aside))
  }

  func show(_ backlogs: [DeadLetterBacklog], at now: Timestamp) {
    let empty = providers.filter { provider in !backlogs.contains { $0.provider == provider } }
    for provider in empty {
      pending.set(0, [provider])
      pendingOldest.set(0, [provider])
    }
    for backlog in backlogs {
      pending.set(Double(backlog.count), [backlog.provider])
      pendingOldest.set(Self.seconds(from: backlog.oldest, to: now), [backlog.provider])
    }
  }

  private static func seconds(from start: Timestamp, to end: Timestamp) -> Double {
    Double(max(0, end.microseconds - start.microseconds)) / 1_000_000
  }
}
