internal import Audit
internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// Gives operators' commands to the wallet. The wallet's database may be another one, so the audit frames the call (C-19): the intent
/// is durable before it, the outcome after it.
///
/// What if we stop between the two: an intent without outcome stands in the audit, with the key under which the wallet knows what
/// happened; the same request with the same key finishes or repeats it without moving money twice.
struct PlayerOrders: Sendable {
  let store: OrderStore
  let wallet: InternalClient
  let failures: AuditFailures

  func run(_ order: WalletOrder, brand: Brand, request: EndpointRequest) async throws -> Reply {
    let act = try AdminAct(request)
    let key = try OrderKey(of: request, brand: brand)
    let standing = try await store.recordIntent(
      entry(order, act, key, stage: "intent", [("body", order.body)]), player: order.player, brand: brand.id)
    if let refusal = StrictBrandRules.refusal(standing, for: act.operatorIdentity) { throw refusal }
    let outcome = await give(order, key, brand, request)
    await record(outcome, order, act, key, brand)
    switch outcome {
    case .completed(let reply): return Self.reply(reply)
    case .refused(let problem): throw StrictBrandRules.told(problem, to: act.operatorIdentity)
    case .unknown:
      throw Problem(.outcomeUnknown, detail: "Send the same request again with Idempotency-Key \(key.own)", retryAfterSeconds: 1)
    }
  }

  private func give(_ order: WalletOrder, _ key: OrderKey, _ brand: Brand, _ request: EndpointRequest) async -> WalletOutcome {
    var headers = HTTPFields()
    if let name = HTTPField.Name(HeaderNames.idempotencyKey) { headers[name] = key.wallet }
    do {
      let reply = try await wallet.send(
        .post, order.path, body: Array(JSONWriter.text(of: order.body).utf8), brand: brand.id, context: request.callContext,
        headers: headers)
      return WalletOutcomeRules.outcome(of: reply)
    } catch {
      return WalletOutcomeRules.outcome(of: error as? Problem ?? Problem(.upstreamUnavailable))
    }
  }

  /// The money has moved or not whatever happens here, so a failure is counted and doesn't change the answer.
  private func record(_ outcome: WalletOutcome, _ order: WalletOrder, _ act: AdminAct, _ key: OrderKey, _ brand: Brand) async {
    let details: [(String, JSONValue)] =
      switch outcome {
      case .completed(let reply): [("answer", (try? JSONDocument.parse(reply.body)) ?? .null)]
      case .refused(let problem): [("reason", .string(problem.reason.rawValue))]
      case .unknown(let reason): [("reason", .string(reason.rawValue))]
      }
    let entry = entry(order, act, key, stage: outcome.stage, details)
    do {
      try await store.recordOutcome(entry, brand: brand.id)
    } catch {
      failures.count(entry, route: act.route, error: error, logger: act.logger)
    }
  }

  private func entry(
    _ order: WalletOrder, _ act: AdminAct, _ key: OrderKey, stage: String, _ details: [(String, JSONValue)]
  ) -> AuditEntry {
    let value = JSONValue.members(
      [("stage", .string(stage)), ("command", .string(order.command)), ("idempotency_key", .string(key.wallet))] + details)
    return act.entry(order.action, .playerWallet, order.player.description, new: value, reason: order.reason)
  }

  private static func reply(_ reply: InternalReply) -> Reply {
    let answer = Reply.jsonBytes(reply.body, status: reply.status)
    guard let name = HTTPField.Name(HeaderNames.idempotencyReplayed), let replayed = reply.headers[name] else { return answer }
    return answer.with(HeaderNames.idempotencyReplayed, replayed)
  }
}
