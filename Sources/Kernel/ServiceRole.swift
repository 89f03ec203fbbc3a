/// The roles that the `cordon` program can run; the raw value is the process name (S0-SVC-01).
package enum ServiceRole: String, CaseIterable, Sendable {
  case gateway
  case playerService = "player_service"
  case walletService = "wallet_service"
  case walletWorker = "wallet_worker"
  case rollingService = "rolling_service"
  case rollingWorker = "rolling_worker"
  case promotionService = "promotion_service"
  case promotionWorker = "promotion_worker"
  case gameService = "game_service"
  case agentService = "agent_service"
  case agentWorker = "agent_worker"
  case adminService = "admin_service"
  case adminWorker = "admin_worker"
  case reconService = "recon_service"
  case reconWorker = "recon_worker"
  case realtime

  /// The name in `service` and `consumer` labels (C-04): the process name itself.
  package var processName: String { rawValue }

  /// Who this role is when it calls another: workers call under their service's label (C-66).
  package var caller: CallerLabel? {
    switch self {
    case .gateway: .gateway
    case .playerService: .player
    case .walletService, .walletWorker: .wallet
    case .rollingService, .rollingWorker: .rolling
    case .promotionService, .promotionWorker: .promotion
    case .gameService: .game
    case .agentService, .agentWorker: .agent
    case .adminService, .adminWorker: .admin
    case .reconService, .reconWorker: .recon
    case .realtime: nil
    }
  }

  /// Whether it only works in the background and no request of a player reaches it.
  package var isWorker: Bool { rawValue.hasSuffix("_worker") }

  /// The TCP port a role listens on when `CORDON_<ROLE>_PORT` says nothing else.
  package var defaultPort: Int {
    // The runbook reaches game_service at http://localhost:8012 (S0-DLQ-05).
    self == .gameService ? 8012 : 8080 + (ServiceRole.allCases.firstIndex(of: self) ?? 0)
  }
}
