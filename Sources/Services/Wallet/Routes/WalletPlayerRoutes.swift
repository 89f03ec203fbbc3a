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
  private let receipts: WalletReceipts

  package init(runner: WalletCommandRunner, reads: WalletReads, receipts: WalletReceipts) {
    self.runner = runner
    self.reads = reads
    self.receipts = receipts
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
      ownReceipts,
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

  static let receiptsPath = "/v1/wallet/receipts"

  /// By the key that the player gave the command: nobody else's commands have a name here.
  private var ownReceipts: Endpoint {
    Endpoint(
      .get, Self.receiptsPath, id: "listOwnReceipts", summary: "The receipts of all that one of the player's commands posted",
      access: .player,
      parameters: [
        .query(
          "idempotency_key", .string(length: 1...Limits.idempotencyKeyCharactersMax, pattern: .visibleASCII), required: true,
          "The key that the command was sent with.")
      ], reply: .json(WalletReceiptsAnswer.self), refusals: [.receiptMissing, .idempotencyKeyInvalid]
    ) { [runner, receipts] request in
      guard let key = IdempotencyKey(plain: request.argument("idempotency_key") ?? "") else { throw Problem(.idempotencyKeyInvalid) }
      let (brand, player) = (try await runner.brand(of: request), try request.player())
      return try .json(try await receipts.receipts(of: WalletKeys.player(key, brand: brand.code, player: player), brand: brand.id))
    }
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
      return try await runner.run(try ask(body, player, key), for: request, originHost: host, link: WalletReceiptLink.player) {
        key, brand in
        WalletKeys.player(key, brand: brand.code, player: player)
      }
    }
  }
}
