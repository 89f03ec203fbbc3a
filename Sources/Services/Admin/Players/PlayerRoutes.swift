internal import Audit
internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// What operators do to players' money. The wallet decides and books; this role says who asked and why.
struct PlayerRoutes: Sendable {
  let orders: PlayerOrders
  let scope: BrandScope

  private static let playerParameter = Parameter.path("player_id", .identifier, "The player, in the brand of X-Brand-Id.")
  private static let transactionParameter = Parameter.path("transaction_id", .uuid, "The deposit or withdrawal.")
  private static let refusals: [ProblemReason] = [
    .brandRequired, .brandConflict, .playerNotFound, .playerSuspended, .idempotencyKeyRequired, .idempotencyKeyInvalid,
    .idempotencyMismatch,
    .idempotencyBrandSplit, .crossBrandRejected, .currencyMismatch, .amountOutOfRange, .limitExceeded, .insufficientFunds,
    .transactionNotFound, .transactionClosed, .topologyMissing, .policyMissing, .invalidField, .unavailable, .outcomeUnknown,
  ]

  var endpoints: [Endpoint] {
    [deposit, adjust]
      + [
        decision("deposits", "approve", .depositApprove, "Approves a pending deposit", id: "approveDeposit"),
        decision("deposits", "decline", .depositDecline, "Declines a pending deposit", id: "declineDeposit"),
        decision("withdrawals", "approve", .withdrawApprove, "Approves a requested withdrawal", id: "approveWithdrawal"),
        decision("withdrawals", "decline", .withdrawDecline, "Declines a withdrawal and returns the money", id: "declineWithdrawal"),
        decision("withdrawals", "pay", .withdrawPay, "Marks an approved withdrawal as paid", id: "payWithdrawal"),
      ]
  }

  private var deposit: Endpoint {
    Endpoint(
      .post, "/v1/admin/players/{player_id}/deposits", id: "depositManually", summary: "Credits a player", access: .operatorWrite,
      parameters: [Self.playerParameter, BrandScope.parameter, OrderKey.parameter], body: ManualDepositBody.self,
      reply: .json(WalletCommandAnswer.self, status: .created), refusals: Self.refusals
    ) { request, body in
      try await run(.playerDeposit, "deposit", body.reason, request) { player in
        [("player_id", player), ("amount", .init(body.amount)), ("currency", .string(body.currency))]
      }
    }
  }

  private var adjust: Endpoint {
    Endpoint(
      .post, "/v1/admin/players/{player_id}/adjustments", id: "adjustPlayer", summary: "Corrects one bucket of a player",
      access: .operatorWrite, parameters: [Self.playerParameter, BrandScope.parameter, OrderKey.parameter], body: AdjustmentBody.self,
      reply: .json(WalletCommandAnswer.self, status: .created), refusals: Self.refusals
    ) { request, body in
      try await run(.playerAdjust, "adjust", body.reason, request) { player in
        [
          ("player_id", player), ("amount", .init(body.amount)), ("currency", .string(body.currency)), ("bucket", .string(body.bucket)),
          ("reason", .string(body.reason)),
        ]
      }
    }
  }

  private func decision(_ kind: String, _ verb: String, _ action: AuditAction, _ summary: String, id: String) -> Endpoint {
    let command = (kind == "deposits" ? "deposit-" : "withdraw-") + verb
    return Endpoint(
      .post, "/v1/admin/players/{player_id}/\(kind)/{transaction_id}/\(verb)", id: id, summary: summary, access: .operatorWrite,
      parameters: [Self.playerParameter, Self.transactionParameter, BrandScope.parameter, OrderKey.parameter], body: ReasonBody.self,
      reply: .json(WalletCommandAnswer.self), refusals: Self.refusals
    ) { request, body in
      try await run(action, command, body.reason, request) { player in
        [("player_id", player), ("transaction_id", .init(request.argument("transaction_id")))]
      }
    }
  }

  private func run(
    _ action: AuditAction, _ command: String, _ reason: String, _ request: EndpointRequest, body: (JSONValue) -> [(String, JSONValue)]
  ) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    guard let player = request.integer("player_id").flatMap({ PlayerID($0) }) else { throw Problem(.playerNotFound) }
    let order = WalletOrder(
      action: action, command: command, player: player, body: .members(body(.init(player.rawValue))), reason: reason)
    return try await orders.run(order, brand: brand, request: request)
  }
}
