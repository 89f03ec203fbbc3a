internal import Kernel

/// The permission to forward a request, with everything that the service is told about it.
struct Admittance: Hashable, Sendable {
  let route: GatewayRoute
  let brand: Brand
  /// Nil on routes that need no player.
  let identity: PlayerIdentity?
}
