internal import Kernel
internal import Platform

/// Log lines of requests that belong to a brand say which, with their request, in each service that players reach (S0-SVC-11).
struct BrandLogCheck: GateCheck {
  private static let services: [ServiceRole] = [.gateway, .walletService]

  func look(at scene: GateScene) throws -> GateFinding {
    guard !scene.files.logs.isEmpty else { return .unmet("no log was given (--logs FILE)") }
    let lines = try scene.files.logs.flatMap { try ServiceLog.lines(of: $0) }
    let branded = lines.filter { $0["brand_id"] != nil && $0["request_id"] != nil }
    let faults = Self.services.filter { role in !branded.contains { $0["service"]?.text == role.rawValue } }
      .map { "no line of \($0.rawValue) carries brand_id and request_id" }
    return .judged("\(branded.count) of \(lines.count) lines carry brand_id and request_id", faults: faults)
  }
}
