internal import Contracts
internal import Kernel
internal import Platform

/// Nothing answers any more where the back office used to be, neither outside nor inside.
struct RemovedPathCheck: GateCheck {
  func look(at scene: GateScene) async throws -> GateFinding {
    let host = try await DomainBindings(database: scene.database, redis: scene.redis).all().first?.host
    let paths = RemovedPaths.families.flatMap { [$0, $0 + "/list"] }
    var faults: [String] = []
    for role in [ServiceRole.gateway, .adminService] {
      for path in paths {
        let reply = try await scene.client.send("GET", path, at: scene.url(of: role), host: role == .gateway ? host : nil)
        if reply.status != 404 { faults.append("\(role.rawValue) answers \(path) with \(reply.status)") }
      }
    }
    return .judged("\(paths.count) paths at gateway and admin_service", faults: faults)
  }
}
