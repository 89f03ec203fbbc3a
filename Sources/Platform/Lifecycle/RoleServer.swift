internal import ServiceLifecycle

/// The HTTP side of one role: its endpoints and the platform's own, on the role's port.
package struct RoleServer: Service {
  private let context: RoleContext
  private let endpoints: [Endpoint]
  private let requestGuard: any RequestGuard
  private let checks: [ReadinessCheck]

  /// - Parameters:
  ///   - requestGuard: decides on every endpoint whose access isn't `.open`.
  ///   - checks: besides `drain`, which every role has.
  ///   - acceptedKeyIDs: the key ids that the role verifies tokens with, for `/health`.
  package init(
    context: RoleContext, endpoints: [Endpoint], requestGuard: any RequestGuard, checks: [ReadinessCheck],
    acceptedKeyIDs: @escaping @Sendable () -> [String] = { [] }
  ) {
    self.context = context
    self.endpoints = endpoints
    self.requestGuard = requestGuard
    self.checks = checks
  }

  /// Serves until graceful shutdown, then finishes what is in flight.
  package func run() async throws {}
}
