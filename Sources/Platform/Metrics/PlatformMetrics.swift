package import Kernel

/// The metrics that every role has.
package struct PlatformMetrics: Sendable {
  package let registry: MetricsRegistry
  /// The role's process name: the `service` label (C-04).
  package let service: String
  /// By brand and service (S0-RES-26). Requests without a brand are counted under `none`.
  package let requests: Counter
  package let requestDuration: Histogram
  package let requestsRefused: Counter
  package let requestsInFlight: GaugeSeries
  private let resolutionFailures: Counter
  package let internalCallDuration: Histogram
  package let enforcementMode: Gauge
  private let downgrades: Counter
  private let overrideEnds: Gauge

  package init(registry: MetricsRegistry, role: ServiceRole, build: BuildInformation, enforcement: EnforcementMode) {
    self.init(registry: registry, service: role.processName, build: build)
    enforcementMode.set(Self.number(of: enforcement), [service])
  }

  /// For a server that is no role of the platform, and has no brands to enforce anything of.
  package init(registry: MetricsRegistry, service: String, build: BuildInformation) {
    self.registry = registry
    self.service = service
    self.requests = registry.counter(
      "request_total", "Requests that were answered, by brand.", labels: ["brand_code", "service"])
    self.requestDuration = registry.histogram(
      "http_server_request_duration_seconds", "Time from a request's last byte to its answer.",
      labels: ["http_request_method", "http_route", "http_response_status_code"])
    self.requestsRefused = registry.counter(
      "cordon_http_refused_total", "Requests that were refused, by reason.", labels: ["reason"])
    self.requestsInFlight = registry.gauge("cordon_http_requests_in_flight", "Requests that are being answered.").series()
    self.resolutionFailures = registry.counter(
      "brand_resolution_failed_total", "Requests whose brand could not be established or did not match, by reason.",
      labels: ["reason", "service"])
    self.internalCallDuration = registry.histogram(
      "cordon_internal_call_duration_seconds", "Time of a call to another role.", labels: ["target", "outcome"])
    self.enforcementMode = registry.gauge(
      "multi_brand_enforcement_mode", "What a failed brand check does: 0 off, 1 observe, 2 enforce.", labels: ["service"])
    self.downgrades = registry.counter(
      "security_downgrade_total", "Starts in another mode than enforce while more than one brand is enabled.", labels: ["service"])
    self.overrideEnds = registry.gauge(
      "multi_brand_enforcement_override_end_timestamp_seconds",
      "When the override ends that has a caller's violations counted and not refused.", labels: ["service", "caller_service"])
    // Shown as zero too, so that the start that counts is a rise over the process before it.
    _ = downgrades.series([service])
    registry.gauge("cordon_build_info", "The running program; always 1.", labels: ["version", "commit"]).set(
      1, [build.version, build.commit])
  }

  /// A request's brand could not be established, for this reason.
  package func countResolutionFailure(_ reason: ProblemReason) { resolutionFailures.increment([reason.rawValue, service]) }

  /// Shows a reason that hasn't come up as zero.
  package func declareResolutionFailure(_ reason: ProblemReason) { _ = resolutionFailures.series([reason.rawValue, service]) }

  /// The role starts and does not enforce although there is more than one brand (S0-ENF-06).
  package func countDowngrade() { downgrades.increment([service]) }

  /// The role does not enforce towards this caller before the override's end.
  package func show(_ override: EnforcementOverride) {
    overrideEnds.set(Double(override.until.seconds), [service, override.caller.rawValue])
  }

  private static func number(of mode: EnforcementMode) -> Double {
    switch mode {
    case .off: 0
    case .observe: 1
    case .enforce: 2
    }
  }
}
