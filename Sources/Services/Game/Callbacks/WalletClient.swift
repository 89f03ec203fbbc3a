internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// The wallet, asked over HTTP with the caller token and the brand signature of game_service.
struct WalletClient: GameWallet {
  let client: InternalClient

  func execute(_ order: GameOrder, _ context: CallContext, _ deadline: CallbackDeadline) async -> WalletVerdict {
    do {
      let (path, body) = try request(order)
      let reply = try await client.send(
        .post, path, body: body, brand: order.player.brand.id, context: context, headers: try headers(order.key),
        deadline: deadline.remaining)
      return verdict(reply)
    } catch {
      return .unknown
    }
  }

  func balance(of player: ResolvedAccount, _ context: CallContext, _ deadline: CallbackDeadline) async -> Int64? {
    try? await client.call(
      .get, "/internal/wallet/players/\(player.player)/balances", answer: WalletBalancesAnswer.self, brand: player.brand.id,
      context: context, deadline: deadline.remaining
    ).total
  }

  private func headers(_ key: String) throws -> HTTPFields {
    guard let name = HTTPField.Name(HeaderNames.idempotencyKey) else { throw Problem(.internalError) }
    return [name: key]
  }

  private func verdict(_ reply: InternalReply) -> WalletVerdict {
    guard reply.status.kind == .successful else {
      let problem = UpstreamProblem.problem(from: reply, target: .walletService)
      return problem.reason.retryable ? .unknown : .refused(problem.reason)
    }
    guard let answer = try? JSONBytes.decode(WalletCommandAnswer.self, from: reply.body), let balance = Self.total(of: answer) else {
      return .unknown
    }
    return .applied(balance: balance, tombstone: answer.tombstone)
  }

  private static func total(of answer: WalletCommandAnswer) -> Int64? {
    var total: Int64 = 0
    for balance in answer.balances {
      let (sum, overflow) = total.addingReportingOverflow(balance.amount)
      guard !overflow else { return nil }
      total = sum
    }
    return total
  }

  private func request(_ order: GameOrder) throws -> (String, [UInt8]) {
    let player = order.player.player.rawValue
    switch order.command {
    case .authorize(let amount, let currency, let reference, let round):
      return (
        "/internal/wallet/authorize",
        try JSONBytes.encode(
          WalletAuthorizeBody(
            player: player, amount: amount, currency: currency.code, provider: order.provider, reference: reference, round: round))
      )
    case .settle(let amount, let currency, let reference):
      return (
        "/internal/wallet/settle",
        try JSONBytes.encode(
          WalletSettleBody(player: player, amount: amount, currency: currency.code, provider: order.provider, reference: reference))
      )
    case .rollback(let reference):
      return (
        "/internal/wallet/rollback",
        try JSONBytes.encode(WalletRollbackBody(player: player, provider: order.provider, reference: reference))
      )
    case .reward(let amount, let currency):
      return (
        "/internal/wallet/rebate",
        try JSONBytes.encode(
          WalletRewardBody(player: player, amount: amount, currency: currency.code, reason: "promotional win of \(order.provider)"))
      )
    }
  }
}
