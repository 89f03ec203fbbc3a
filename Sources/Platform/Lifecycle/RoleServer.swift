internal import Kernel
internal import ServiceLifecycle

/// The HTTP side of one role: its endpoints and the platform's own, on the role's port.
package struct RoleServer: NamedService {
  private let context: RoleContext
  private let dispatcher: EndpointDispatcher
  private let limits: HTTPLimits
  private let onListening: @Sendable (Int) async -> Void

  /// - Parameters:
  ///   - requestGuard: decides on every endpoint whose access isn't `.open`.
  ///   - checks: besides `drain`, which every role has.
  ///   - acceptedKeyIDs: the key ids that the role verifies tokens with, for `/health`.
  ///   - warnings: what an operator should know although the role can serve, for `/health`.
  ///   - limits: nil takes them from the configuration.
  ///   - inFlight: where requests are listed while they are answered, for a stop that has to be forced.
  ///   - onListening: called once with the port, when connections are accepted.
  package init(
    context: RoleContext, endpoints: [Endpoint], requestGuard: any RequestGuard, checks: [ReadinessCheck],
    acceptedKeyIDs: @escaping @Sendable () -> [String] = { [] }, warnings: @escaping @Sendable () -> [String] = { [] },
    limits: HTTPLimits? = nil, inFlight: InFlightRequests = InFlightRequests(),
    onListening: @escaping @Sendable (Int) async -> Void = { _ in }
  ) {
    self.context = context
    var limits = limits ?? HTTPLimits(context.configuration)
    // The connection lets through what the most generous operation takes; each operation has a bound of its own.
    if let most = endpoints.map(\.bodyBytesMax).max(), most > Limits.bodyBytesMax { limits.bodyBytesMax = max(limits.bodyBytesMax, most) }
    self.limits = limits
    self.onListening = onListening
    let platform = PlatformRoutes(context: context, checks: checks, acceptedKeyIDs: acceptedKeyIDs, warnings: warnings)
    let serverURL = context.configuration.text(Settings.url(of: context.role)) ?? ""
    let all = endpoints + platform.endpoints(describing: endpoints, serverURL: serverURL)
    self.dispatcher = EndpointDispatcher(context: context, endpoints: all, requestGuard: requestGuard, inFlight: inFlight)
  }

  package var name: String { "\(context.role.rawValue) server" }

  /// Serves until graceful shutdown, then closes the listener and finishes what is in flight.
  ///
  /// - Throws: when the port can't be had.
  package func run() async throws {
    let port = context.configuration.integer(Settings.port(of: context.role)) ?? context.role.defaultPort
    let host = context.configuration.text(Settings.bindAddress) ?? "127.0.0.1"
    try await HTTPListener(dispatcher, limits: limits, host: host, port: port, logger: context.logger, onListening: onListening).run()
  }
}
