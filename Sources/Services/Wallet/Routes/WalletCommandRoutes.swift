internal import Contracts
internal import HTTPTypes
internal import Kernel
package import Platform

/// The commands that other roles give the wallet: `/internal/wallet/…`. Who the caller is, the guard has established by its token.
package struct WalletCommandRoutes: Sendable {
  private let runner: WalletCommandRunner

  package init(runner: WalletCommandRunner) { self.runner = runner }

  package var endpoints: [Endpoint] { commands.map(\.endpoint) + [WalletBatchRoute(runner: runner, commands: commands).endpoint] }

  var commands: [WalletCommandEntry] { cashierCommands + betCommands + bonusCommands + rewardCommands }

  private var cashierCommands: [WalletCommandEntry] {
    [
      command("deposit", "Credits money that has arrived", WalletDepositBody.self) {
        .init($0.player, .deposit(amount: $0.amount), $0.currency)
      },
      command("deposit-approve", "Approves a pending deposit", WalletTransactionBody.self) {
        .init($0.player, .depositApprove(transaction: $0.transaction))
      },
      command("deposit-decline", "Declines a pending deposit", WalletTransactionBody.self) {
        .init($0.player, .depositDecline(transaction: $0.transaction))
      },
      command("withdraw-request", "Requests a withdrawal and holds the money", WalletDepositBody.self) {
        .init($0.player, .withdrawRequest(amount: $0.amount), $0.currency)
      },
      command("withdraw-approve", "Approves a requested withdrawal", WalletTransactionBody.self) {
        .init($0.player, .withdrawApprove(transaction: $0.transaction))
      },
      command("withdraw-decline", "Declines a withdrawal and returns the money", WalletTransactionBody.self) {
        .init($0.player, .withdrawDecline(transaction: $0.transaction))
      },
      command("withdraw-pay", "Marks an approved withdrawal as paid", WalletTransactionBody.self) {
        .init($0.player, .withdrawPay(transaction: $0.transaction))
      },
      command("adjust", "Corrects one bucket", WalletAdjustBody.self) { body in
        .init(body.player, .adjust(amount: body.amount, bucket: try Self.bucket(body.bucket, "bucket")), body.currency, reason: body.reason)
      },
    ]
  }

  private var betCommands: [WalletCommandEntry] {
    [
      command("authorize", "Takes a bet", WalletAuthorizeBody.self) {
        .init($0.player, .authorize(amount: $0.amount, provider: $0.provider, reference: $0.reference, round: $0.round), $0.currency)
      },
      command("settle", "Pays the result of a bet", WalletSettleBody.self) {
        .init($0.player, .settle(amount: $0.amount, provider: $0.provider, reference: $0.reference), $0.currency)
      },
      command("rollback", "Undoes a bet, whether it has arrived or not", WalletRollbackBody.self) {
        .init($0.player, .rollback(provider: $0.provider, reference: $0.reference))
      },
    ]
  }

  private var bonusCommands: [WalletCommandEntry] {
    [
      command("bonus-grant", "Grants a bonus", WalletBonusGrantBody.self) {
        .init($0.player, .bonusGrant(amount: $0.amount, requirement: $0.requirement), $0.currency)
      },
      command("bonus-convert", "Makes a granted bonus the player's own", WalletTransactionBody.self) {
        .init($0.player, .bonusConvert(transaction: $0.transaction))
      },
      command("bonus-forfeit", "Takes a granted bonus back", WalletTransactionBody.self) {
        .init($0.player, .bonusForfeit(transaction: $0.transaction))
      },
      command("rolling-complete", "Says that the turnover of a granted bonus is complete", WalletTransactionBody.self) {
        .init($0.player, .rollingComplete(transaction: $0.transaction))
      },
    ]
  }

  private var rewardCommands: [WalletCommandEntry] {
    [
      command("rebate", "Pays a rebate", WalletRewardBody.self) {
        .init($0.player, .rebate(amount: $0.amount), $0.currency, reason: $0.reason)
      },
      command("cashback", "Pays a cashback", WalletRewardBody.self) {
        .init($0.player, .cashback(amount: $0.amount), $0.currency, reason: $0.reason)
      },
      command("lossback", "Pays a lossback", WalletRewardBody.self) {
        .init($0.player, .lossback(amount: $0.amount), $0.currency, reason: $0.reason)
      },
      command("transfer", "Moves money between two buckets of a player", WalletTransferBody.self) { body in
        let (source, destination) = (try Self.bucket(body.from, "from"), try Self.bucket(body.to, "to"))
        return .init(body.player, .transfer(amount: body.amount, from: source, to: destination), body.currency)
      },
    ]
  }

  private static func bucket(_ name: String, _ field: String) throws(Problem) -> Bucket {
    guard let bucket = Bucket(name) else {
      throw Problem(.invalidField, faults: [.init(pointer: "/\(field)", detail: "not a bucket name")])
    }
    return bucket
  }

  private func command<Body: Decodable & JSONSchemaProviding>(
    _ name: String, _ summary: String, _ body: Body.Type, ask: @escaping @Sendable (Body) throws -> WalletAsk
  ) -> WalletCommandEntry {
    // A function and not a closure: the optimizer specialises a closure here into one that leaves the connection's thread.
    @Sendable func handle(_ request: EndpointRequest, _ body: Body) async throws -> Reply {
      try await runner.run(try ask(body), for: request, link: WalletReceiptLink.role) { key, _ in WalletKeys.role(key) }
    }
    let endpoint = Endpoint(
      .post, "/internal/wallet/\(name)", id: "wallet\(Self.capitalised(name))", summary: summary, access: .internalCall(brand: .required),
      parameters: [WalletCommandRunner.keyParameter], body: body, reply: .json(WalletCommandAnswer.self),
      refusals: WalletCommandRunner.refusals, handle: handle)
    return WalletCommandEntry(name: name.replacing("-", with: "_"), endpoint: endpoint) { value in
      if let refusal = BodyRules.refusal(of: value, against: body.jsonSchema) { throw refusal }
      return try ask(try BodyRules.decode(body, from: value))
    }
  }

  private static func capitalised(_ name: String) -> String {
    name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}
