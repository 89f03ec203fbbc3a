internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// Opening games: players through the gateway, other roles for a player.
struct LaunchRoutes: Sendable {
  let launches: GameLaunches

  private static let refusals: [ProblemReason] = [
    .notFound, .playerNotFound, .playerSuspended, .brandDisabled, .unresolvedBrand, .crossBrandRejected, .gameProviderDisabled,
    .gameProviderMaintenance,
  ]

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .post, "/v1/games/{provider}/{game}/launch", id: "launchGame", summary: "Open a game", access: .player,
        parameters: [
          .path("provider", LaunchBody.providerSchema, "The game provider."), .path("game", LaunchBody.gameSchema, "The game."),
        ], reply: .json(LaunchAnswer.self, status: .created), refusals: Self.refusals
      ) { request in
        try await launch(
          try request.player(), request.argument("provider") ?? "", request.argument("game") ?? "", request)
      },
      Endpoint(
        .post, "/internal/game/launch", id: "launchGameForPlayer", summary: "Open a game for a player",
        access: .internalCall(brand: .required), body: LaunchBody.self, reply: .json(LaunchAnswer.self, status: .created),
        refusals: Self.refusals
      ) { request, body in
        guard let player = PlayerID(body.player) else { throw Problem(.playerNotFound) }
        return try await launch(player, body.provider, body.game, request)
      },
    ]
  }

  private func launch(_ player: PlayerID, _ provider: String, _ game: String, _ request: EndpointRequest) async throws -> Reply {
    guard let profile = Providers.profile(provider) else { throw Problem(.notFound) }
    let ask = LaunchAsk(brand: try request.brand(), player: player, terms: profile.terms, game: game)
    return try .json(try await launches.launch(ask, request), status: .created)
  }
}
