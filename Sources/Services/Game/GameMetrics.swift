internal import Kernel
package import Platform

/// What game_service counts; the names are public interface (S0-OBS-17, S0-OBS-18, C-06).
package struct GameMetrics: Sendable {
  let brandUnresolved: Counter
  let verificationBypassed: Counter
  let signatureFailed: Counter
  let allowListed: Counter
  let crossBrandRejected: Counter
  let launches: Counter
  private let callbacks: Counter
  private let duration: Histogram

  package init(_ registry: MetricsRegistry) {
    brandUnresolved = registry.counter(
      "game_callback_brand_unresolved_total",
      "Callbacks whose account names no brand and player, or not in the form that enforcement asks for.",
      labels: ["provider", "reason"])
    verificationBypassed = registry.counter(
      "game_callback_verification_bypassed_total", "Callbacks that were taken without a look at their signature.", labels: ["provider"])
    signatureFailed = registry.counter(
      "game_callback_signature_failed_total", "Callbacks whose signature does not verify.", labels: ["provider"])
    allowListed = registry.counter(
      "game_callback_allowlisted_total", "Callbacks of accounts that a provider is known to try out.", labels: ["provider"])
    crossBrandRejected = registry.counter(
      "game_cross_brand_rejected_total", "Game commands that addressed another brand's player or session.", labels: ["command", "mode"])
    launches = registry.counter("game_launch_total", "Games that players opened, by outcome.", labels: ["provider", "outcome"])
    callbacks = registry.counter(
      "game_callback_total", "Callbacks of game providers, by what became of them.", labels: ["provider", "operation", "outcome"])
    duration = registry.histogram(
      "game_callback_duration_seconds", "Time from a whole callback to its answer.", labels: ["provider", "operation"])
    for provider in Providers.names {
      for reason in UnresolvedCallbacks.Reason.allCases { _ = brandUnresolved.series([provider, reason.rawValue]) }
      _ = verificationBypassed.series([provider])
      _ = signatureFailed.series([provider])
    }
  }

  func count(_ result: CallbackResult, provider: String, operation: CallbackOperation, seconds: Double) {
    callbacks.increment([provider, operation.rawValue, result.outcome.rawValue])
    duration.observe(seconds, [provider, operation.rawValue])
  }
}
