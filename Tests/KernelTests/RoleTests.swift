import Kernel
import Testing

@Suite("Roles, callers and environments")
struct RoleTests {
  @Test(
    "S0-SVC-05 process names and wire labels follow the fixed table",
    arguments: [
      (ServiceRole.gateway, "gateway", "gateway", "GATEWAY"), (.adminService, "admin_service", "admin", "ADMIN"),
      (.agentService, "agent_service", "agent", "AGENT"), (.gameService, "game_service", "game", "GAME"),
      (.promotionService, "promotion_service", "promotion", "PROMOTION"), (.reconService, "recon_service", "recon", "RECON"),
      (.rollingService, "rolling_service", "rolling", "ROLLING"), (.playerService, "player_service", "player", "PLAYER"),
    ])
  func labels(role: ServiceRole, process: String, label: String, suffix: String) {
    #expect(role.processName == process)
    #expect(role.caller?.rawValue == label)
    #expect(role.caller?.environmentSuffix == suffix)
    #expect(CallerLabel(rawValue: process) == (process == label ? role.caller : nil))
  }

  @Test("Fifteen roles and realtime have names, each with its own port")
  func roles() {
    #expect(ServiceRole.allCases.count == 16)
    #expect(Set(ServiceRole.allCases.map(\.defaultPort)).count == 16)
  }

  @Test("Workers call under their service's label")
  func workers() {
    #expect(ServiceRole.walletWorker.caller == .wallet)
    #expect(ServiceRole.adminWorker.caller == .admin)
    #expect(ServiceRole.realtime.caller == nil)
  }

  @Test(
    "The strictest label decides the environment, and none is production",
    arguments: [
      ([], "production", true), (["dev"], "dev", false), (["local", "staging"], "staging", true), (["", "CI"], "ci", false),
      (["prod"], "prod", true), (["test", "", "Production"], "production", true),
    ] as [([String], String, Bool)])
  func environment(labels: [String], label: String, production: Bool) {
    let environment = DeploymentEnvironment(labels: labels)
    #expect(environment.label == label)
    #expect(environment.isProductionGrade == production)
  }

  @Test("Every problem reason has a status, a title of its own and a stable name")
  func reasons() {
    let all = ProblemReason.allCases
    #expect(Set(all.map(\.title)).count == all.count)
    for reason in all {
      #expect((400...599).contains(reason.status))
      #expect(reason.rawValue.allSatisfy { $0.isLowercase || $0 == "_" })
    }
  }
}
