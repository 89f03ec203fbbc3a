internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Logging
internal import Platform

/// Registration and profile over HTTP.
struct PlayerRoutes: Sendable {
  let accounts: PlayerAccounts

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .post, "/v1/players", id: "registerPlayer", summary: "Registers a player in the brand of the host", access: .visitor,
        body: RegistrationBody.self, reply: .json(PlayerBody.self, status: .created), refusals: [.accountTaken, .overloaded, .unavailable],
        handle: register),
      Endpoint(
        .get, "/v1/players/me", id: "readOwnPlayer", summary: "The player behind the access token", access: .player,
        reply: .json(PlayerBody.self), refusals: [.playerNotFound, .unavailable], handle: profile),
    ]
  }

  @Sendable private func register(_ request: EndpointRequest, _ body: RegistrationBody) async throws -> Reply {
    let brand = try request.brand()
    let player = try await accounts.register(try AccountRules.registration(body), brand: brand)
    request.logger.info("player registered", metadata: ["player_id": "\(player.playerID)"])
    return try .json(player, status: .created).with("cache-control", "no-store")
  }

  @Sendable private func profile(_ request: EndpointRequest) async throws -> Reply {
    try .json(try await accounts.profile(of: request.player(), brand: request.brand())).with("cache-control", "no-store")
  }
}
