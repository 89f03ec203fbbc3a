internal import Kernel
internal import NIOCore
internal import Platform
internal import Redis
internal import Synchronization

/// The gateway's own counters, and the platform's as the proxy counts them.
final class GatewayMetrics: Sendable {
  private struct DurationKey: Hashable {
    let verb: HTTPVerb?
    let route: String
    let status: Int
  }

  private struct Handles {
    var requests: [BrandID?: CounterSeries] = [:]
    var durations: [DurationKey: HistogramSeries] = [:]
  }

  private let platform: PlatformMetrics
  private let resolutionFailures: Counter
  private let resolutionLatency: HistogramSeries
  private let unknownKeyIDs: CounterSeries
  private let sessionsMissing: CounterSeries
  private let rateOutages: Counter
  private let environment: String
  private let connections: GaugeSeries
  private let redisTracking: GaugeSeries
  private let upstreamDuration: Histogram
  private let aborted: CounterSeries
  /// Label look-ups hash and lock; the handles of the usual label sets are kept here.
  private let handles = Mutex(Handles())

  init(_ platform: PlatformMetrics, environment: DeploymentEnvironment) {
    let registry = platform.registry
    self.platform = platform
    self.environment = environment.label
    resolutionFailures = registry.counter(
      "brand_resolution_failed_total", "Requests whose brand could not be established or did not match, by reason.",
      labels: ["reason", "service"])
    resolutionLatency = registry.histogram(
      "brand_resolution_latency_seconds", "Time from a request's host to its brand.", labels: ["service"],
      bounds: [0.000_01, 0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]
    ).series([platform.service])
    unknownKeyIDs = registry.counter("gateway_jwt_unknown_kid_total", "Tokens that name a key that is not accepted.").series()
    sessionsMissing = registry.counter("gateway_jwt_session_missing_total", "Valid tokens whose session is gone.").series()
    rateOutages = registry.counter(
      "gateway_rate_limit_redis_outage_total", "Requests whose limit could not be counted because Redis was away.",
      labels: ["env", "reason"])
    connections = registry.gauge("cordon_gateway_connections", "Open client connections.").series()
    redisTracking = registry.gauge(
      "cordon_gateway_redis_tracking", "Whether Redis tells of changed bindings and sessions: 0 means that nothing of them is cached."
    ).series()
    upstreamDuration = registry.histogram(
      "cordon_gateway_upstream_duration_seconds", "Time from asking for a connection to a service to the first byte of its answer.",
      labels: ["target"])
    aborted = registry.counter("cordon_gateway_aborted_total", "Exchanges that ended without a whole answer.").series()
    for reason in ["unknown_domain", "redis_error", "jwt_domain_mismatch"] { _ = resolutionFailures.series([reason, platform.service]) }
  }

  var service: String { platform.service }

  func resolved(since start: NIODeadline) {
    resolutionLatency.observe(Double((NIODeadline.now() - start).nanoseconds) / 1_000_000_000)
  }

  func found(_ finding: AdmissionFinding) {
    switch finding {
    case .unknownDomain: failed("unknown_domain")
    case .redisError: failed("redis_error")
    case .brandMismatch: failed("jwt_domain_mismatch")
    case .unknownKeyID: unknownKeyIDs.increment()
    case .sessionMissing: sessionsMissing.increment()
    }
  }

  func rateOutage(_ error: RedisError) { rateOutages.increment([environment, Self.label(of: error)]) }

  func tracking(_ isTold: Bool) { redisTracking.set(isTold ? 1 : 0) }

  func connectionOpened() { connections.add(1) }

  func connectionClosed() { connections.add(-1) }

  /// Counts an exchange that the proxy answered or forwarded. The gateway's own pages count themselves.
  func ended(_ record: ExchangeRecord) {
    guard let status = record.status else { return aborted.increment() }
    let key = DurationKey(verb: record.verb, route: record.route?.template ?? "none", status: status)
    let (requests, duration) = handles.withLock { handles in
      (requestSeries(of: record.brand, &handles), durationSeries(key, &handles))
    }
    requests.increment()
    duration.observe(record.seconds)
    if let refusal = record.refusal { platform.requestsRefused.increment([refusal.problem.reason.rawValue]) }
    if let seconds = record.upstreamSeconds, let target = record.route?.upstream { upstreamDuration.observe(seconds, [target.processName]) }
  }

  private func failed(_ reason: String) { resolutionFailures.increment([reason, platform.service]) }

  private func requestSeries(of brand: Brand?, _ handles: inout Handles) -> CounterSeries {
    if let known = handles.requests[brand?.id] { return known }
    let series = platform.requests.series([brand?.code.rawValue ?? "none", platform.service])
    handles.requests[brand?.id] = series
    return series
  }

  private func durationSeries(_ key: DurationKey, _ handles: inout Handles) -> HistogramSeries {
    if let known = handles.durations[key] { return known }
    let series = platform.requestDuration.series([(key.verb ?? .other).rawValue, key.route, String(key.status)])
    handles.durations[key] = series
    return series
  }

  private static func label(of error: RedisError) -> String {
    switch error.kind {
    case .unreachable: "unreachable"
    case .connectionLost: "connection_lost"
    case .deadlineExceeded: "deadline_exceeded"
    case .server: "server"
    case .protocolViolation: "protocol_violation"
    case .shuttingDown: "shutting_down"
    case .cancelled: "cancelled"
    case .overloaded: "overloaded"
    case .misconfigured: "misconfigured"
    }
  }
}
