internal import Contracts
internal import HTTPTypes
internal import Kernel
package import Platform

/// What a player may do with the own wallet, through the gateway: `/v1/wallet/…`. Nothing here credits anything.
package struct WalletPlayerRoutes: Sendable {
  /// The provider of the brand's own game.
  private static let ownGame = "house"

  private let runner: WalletCommandRunner
  private let reads: WalletReads

  package init(runner: WalletCommandRunner, reads: WalletReads) {
    self.runner = runner
    self.reads = reads
  }

  package var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/v1/wallet/balances", id: "readOwnBalances", summary: "The player's buckets", access: .player,
        reply: .json(WalletBalancesAnswer.self), refusals: [.topologyMissing]
      ) { [reads] request in
        try .json(try await reads.balances(of: try request.player(), brand: try request.brand()))
      },
      Endpoint(
        .get, "/v1/wallet/transactions", id: "listOwnTransactions", summary: "The player's deposits, withdrawals and bets, newest first",
        access: .player, parameters: WalletReads.pageParameters, reply: .json(WalletTransactionsAnswer.self)
      ) { [reads] request in
        try .json(try await reads.transactions(of: try request.player(), request))
      },
      command("deposits", id: "requestDeposit", "Announces a deposit; an operator approves it", WalletAmountBody.self) { body, player, _ in
        WalletAsk(player.rawValue, .depositRequest(amount: body.amount), body.currency)
      },
      command("withdrawals", id: "requestWithdrawal", "Requests a withdrawal; the money is held at once", WalletAmountBody.self) {
        body, player, _ in
        WalletAsk(player.rawValue, .withdrawRequest(amount: body.amount), body.currency)
      },
      command("bets", id: "placeBet", "Places a bet on the brand's own game", WalletBetBody.self) { body, player, key in
        WalletAsk(
          player.rawValue,
          .authorize(
            amount: body.amount, provider: Self.ownGame, reference: WalletKeys.betReference(key, player: player), round: body.round),
          body.currency)
      },
    ]
  }

  private func command<Body: Decodable & JSONSchemaProviding>(
    _ name: String, id: String, _ summary: String, _ body: Body.Type,
    ask: @escaping @Sendable (Body, PlayerID, IdempotencyKey) throws -> WalletAsk
  ) -> Endpoint {
    Endpoint(
      .post, "/v1/wallet/\(name)", id: id, summary: summary, access: .player, parameters: [WalletCommandRunner.keyParameter], body: body,
      reply: .json(WalletCommandAnswer.self, status: .created), refusals: WalletCommandRunner.refusals
    ) { [runner] request, body in
      let player = try request.player()
      let key = try WalletCommandRunner.key(of: request)
      let host = request.header(HeaderNames.originHost).flatMap { HostName.isValid($0) ? $0 : nil }
      return try await runner.run(try ask(body, player, key), for: request, originHost: host) { key, brand in
        WalletKeys.player(key, brand: brand.code, player: player)
      }
    }
  }
}
