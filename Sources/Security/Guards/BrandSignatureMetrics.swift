internal import Kernel
internal import Platform

/// The `wallet_brand_signature_*` counters (S0-OBS-03 to S0-OBS-08).
struct BrandSignatureMetrics: Sendable {
  private let mode: String
  private let failed: Counter
  private let missing: Counter
  private let misconfigured: Counter
  private let replayBlocked: Counter
  private let replayOutage: Counter
  private let previousKeyUsed: Counter

  init(registry: MetricsRegistry, mode: EnforcementMode, isRequired: Bool) {
    self.mode = mode.rawValue
    registry.gauge(
      "wallet_brand_signature_required", "Whether unsigned brand-scoped writes are refused (WALLET_BRAND_SIGNATURE_REQUIRE): 0 or 1.",
      labels: []
    ).set(isRequired ? 1 : 0)
    failed = registry.counter(
      "wallet_brand_signature_failed_total", "Brand-scoped writes whose signature doesn't count.",
      labels: ["caller_service", "reason", "mode"])
    missing = registry.counter(
      "wallet_brand_signature_missing_total", "Brand-scoped writes without a signature.", labels: ["caller_service"])
    misconfigured = registry.counter(
      "wallet_brand_signature_misconfigured_total", "Brand-scoped writes that could not be checked for want of an active key.",
      labels: ["mode"])
    replayBlocked = registry.counter("wallet_brand_signature_replay_blocked_total", "Signatures that were seen before.")
    replayOutage = registry.counter(
      "wallet_brand_signature_replay_redis_outage_total", "Signatures that could not be looked up for want of Redis.",
      labels: ["caller_service", "mode"])
    previousKeyUsed = registry.counter(
      "wallet_brand_signature_prev_key_used_total", "Signatures made with the outgoing key.", labels: ["caller_service"])
    showAtZero()
  }

  private func showAtZero() {
    _ = misconfigured.series([mode])
    _ = replayBlocked.series()
    for caller in CallerLabel.signers {
      for counter in [missing, previousKeyUsed] { _ = counter.series([caller.rawValue]) }
      _ = replayOutage.series([caller.rawValue, mode])
    }
  }

  func count(_ failure: BrandSignatureFailure, caller: CallerLabel) {
    switch failure {
    case .missing:
      missing.increment([caller.rawValue])
      return
    case .misconfigured: misconfigured.increment([mode])
    case .replay: replayBlocked.increment()
    case .replayUnavailable: replayOutage.increment([caller.rawValue, mode])
    case .unsupportedVersion, .malformed, .callerNotAllowed, .badSignature, .stale: break
    }
    failed.increment([caller.rawValue, failure.rawValue, mode])
  }

  func countPreviousKey(caller: CallerLabel) { previousKeyUsed.increment([caller.rawValue]) }
}
