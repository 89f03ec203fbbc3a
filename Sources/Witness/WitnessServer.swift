internal import Contracts
internal import Kernel
package import Logging
package import Platform

/// A witness's HTTP side: its operations, probes and metrics, on one address. It is no role of the platform: whoever runs it needs no database, and best
/// isn't who runs the logs.
package struct WitnessServer: NamedService {
  package let name = "witness server"
  private let listener: HTTPListener

  /// - Parameter onListening: called once with the port, when connections are accepted.
  package init(
    _ witness: Witness, host: String, port: Int, configuration: EffectiveConfiguration, build: BuildInformation, registry: MetricsRegistry,
    logger: Logger, drain: DrainState, inFlight: InFlightRequests, onListening: @escaping @Sendable (Int) async -> Void
  ) {
    let metrics = PlatformMetrics(registry: registry, service: "witness", build: build)
    let dispatcher = EndpointDispatcher(
      metrics: metrics, logger: logger, clock: .system, drain: drain, logsEverything: configuration.flag(Settings.accessLog),
      endpoints: WitnessRoutes(witness).endpoints + WitnessProbes(witness, registry: registry, drain: drain).endpoints,
      requestGuard: WitnessGuard(), inFlight: inFlight)
    listener = HTTPListener(
      dispatcher, limits: HTTPLimits(configuration), host: host, port: port, logger: logger, onListening: onListening)
  }

  package func run() async throws { try await listener.run() }
}
