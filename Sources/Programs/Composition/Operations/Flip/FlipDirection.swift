package import Kernel

/// Which way the platform's enforcement is flipped, and in which order its services follow.
package enum FlipDirection: String, CaseIterable, Sendable {
  /// To `enforce`, from the wallet outwards: what holds the money is closed first.
  case forward
  /// To `observe`, from the edge inwards: what locks players out is opened first (S0-ENF-12, C-10).
  case revert

  package var targetMode: EnforcementMode {
    switch self {
    case .forward: .enforce
    case .revert: .observe
    }
  }

  /// All services that have a mode. A worker goes with its service; it is restarted right behind it.
  package var order: [ServiceRole] {
    switch self {
    case .forward: Self.revertOrder.reversed()
    case .revert: Self.revertOrder
    }
  }

  private static let revertOrder: [ServiceRole] = [
    .gateway, .agentWorker, .agentService, .adminWorker, .adminService, .reconWorker, .reconService, .playerService, .promotionWorker,
    .promotionService, .rollingWorker, .rollingService, .gameService, .walletWorker, .walletService,
  ]
}
