internal import Kernel
internal import Platform

/// What the player service counts.
struct PlayerMetrics: Sendable {
  let logins: Counter
  let refreshReused: CounterSeries
  private let domainMismatch: CounterSeries

  init(_ metrics: PlatformMetrics) {
    logins = metrics.registry.counter("player_login_total", "Log-ins that were tried, by outcome.", labels: ["outcome"])
    for outcome in ["success", ProblemReason.invalidCredentials.rawValue, ProblemReason.rateLimited.rawValue] {
      _ = logins.series([outcome])
    }
    refreshReused =
      metrics.registry.counter("player_refresh_reused_total", "Sessions that were ended because a refresh token was used twice.").series()
    domainMismatch =
      metrics.registry.counter(
        "brand_resolution_failed_total", "Requests whose brand could not be established, by reason.", labels: ["reason", "service"]
      ).series([ProblemReason.jwtDomainMismatch.rawValue, metrics.service])
  }

  /// A refresh token of another brand, or of none (S0-RES-07, S0-JWT-13).
  func countDomainMismatch() { domainMismatch.increment() }
}
