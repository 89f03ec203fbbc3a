internal import Kernel
internal import Platform

/// What the rollout and rotation of caller tokens is watched by. `consumer` is the process name, `caller` the short label (C-04).
struct CallerTokenMetrics: Sendable {
  private let consumer: String
  private let legacy: Counter
  private let legacyRejected: Counter
  private let previousUsed: Counter
  private let mismatch: Counter

  init(metrics: PlatformMetrics) {
    let labels = ["consumer", "caller"]
    consumer = metrics.service
    legacy = metrics.registry.counter(
      "internal_caller_token_legacy_total", "Internal calls that were accepted with the shared token.", labels: labels)
    legacyRejected = metrics.registry.counter(
      "internal_caller_token_legacy_rejected_total", "Internal calls that were refused because they came with the shared token.",
      labels: labels)
    previousUsed = metrics.registry.counter(
      "internal_caller_token_prev_used_total", "Internal calls that were accepted with a caller's previous token.", labels: labels)
    mismatch = metrics.registry.counter(
      "internal_caller_token_mismatch_total", "Internal calls whose X-Caller-Service is not the owner of the token; caller is the owner.",
      labels: labels)
    // At zero from the start, so that "is zero" can be told from "is absent".
    for caller in CallerLabel.allCases {
      for counter in [legacy, legacyRejected, previousUsed, mismatch] { _ = counter.series([consumer, caller.rawValue]) }
    }
  }

  func count(_ caller: VerifiedCaller) {
    switch caller.source {
    case .active: break
    case .previous: previousUsed.increment([consumer, caller.label.rawValue])
    case .legacy: legacy.increment([consumer, caller.label.rawValue])
    }
  }

  func count(_ refusal: CallerTokenRefusal) {
    switch refusal {
    case .tokenMissing, .tokenUnknown, .callerMissing: break
    case .callerMismatch(let owner): mismatch.increment([consumer, owner.rawValue])
    case .legacyRejected(let caller): legacyRejected.increment([consumer, caller.rawValue])
    }
  }
}
