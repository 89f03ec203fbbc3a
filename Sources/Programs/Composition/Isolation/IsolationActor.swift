/// As whom a brand asks.
package enum IsolationActor: Hashable, Sendable, CustomStringConvertible {
  /// Anybody, at the brand's host.
  case visitor
  /// A player of the brand, at its host.
  case player
  /// What the gateway passes on from the brand's host, where the service takes it.
  case gateway
  /// Another role of the platform, speaking for the brand.
  case role
  /// An operator who may act in the brand alone.
  case operatorOfBrand
  /// A game provider, about a player of the brand.
  case provider(SimulatedProvider)
  /// The payment provider, with the brand's secret.
  case payments

  package var description: String {
    switch self {
    case .visitor: "visitor"
    case .player: "player"
    case .gateway: "gateway"
    case .role: "role"
    case .operatorOfBrand: "operator"
    case .provider(let provider): "provider \(provider.rawValue)"
    case .payments: "payments"
    }
  }

  /// Whether it is a part of the platform. Those are told of another brand's row by an alarm of its own, where strangers find nothing.
  var isInside: Bool { self == .gateway || self == .role }
}
