internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// The logs that operators read about players. Each refuses a call that names no brand (S0-ADM-17).
struct LogRoutes: Sendable {
  let store: LogStore
  let scope: BrandScope
  let lists: Lists

  private static let parameters =
    [BrandScope.parameter, .query("player_id", .identifier, "Only rows of this player.")] + Lists.parameters

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/v1/admin/logs/player-balance", id: "listPlayerBalanceLog", summary: "Lists changes of players' balances",
        access: .operatorRead, parameters: Self.parameters, reply: .json(ListBody<BalanceLogRow>.self), refusals: [.brandRequired],
        handle: { try await page("player-balance", $0, store.balances) }),
      Endpoint(
        .get, "/v1/admin/logs/player-login", id: "listPlayerLoginLog", summary: "Lists players' attempts to log in", access: .operatorRead,
        parameters: Self.parameters, reply: .json(ListBody<LoginLogRow>.self), refusals: [.brandRequired],
        handle: { try await page("player-login", $0, store.logins) }),
    ]
  }

  private func page<Row: LogRow>(
    _ log: String, _ request: EndpointRequest, _ read: (BrandID, Int64?, Int64?, Int) async throws -> [Row]
  ) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    let player = request.integer("player_id")
    let scope = "logs/\(log)/\(brand.id)/\(player.map { String($0) } ?? "-")"
    let rows = try await read(brand.id, player, try lists.position(of: request, scope: scope), request.pageSize + 1)
    return .document(lists.page(rows, for: request, scope: scope, position: \.number))
  }
}
