internal import Kernel
internal import Logging
internal import Platform
internal import Redis

/// Handles a verified callback: one payment credits one deposit, once, however often and in whatever order callbacks come.
///
/// Crash points. Before the deposit is approved nothing has happened, and the provider's repetition finds a mark in Redis but no record, so it is
/// handled. Between the approval and its record the repetition gets the wallet's stored answer, and records it.
struct PlisioCallbacks: Sendable {
  let store: PaymentCallbackStore
  let bonuses: ManualBonusResolver
  let replays: PlisioReplays
  let commands: WalletCommands
  let metrics: PlisioMetrics
  let environment: DeploymentEnvironment

  /// - Throws: `Problem` with `unavailable` where a replay can't be ruled out (C-21), and whatever keeps the wallet from answering: the
  ///   provider repeats the callback then.
  func handle(_ callback: PlisioCallback, for brand: Brand, _ request: EndpointRequest) async throws -> PaymentOutcome {
    // Before the deposit is credited: what can't be recorded must not be done either.
    try await store.requireWritable()
    let isFirst = try await isFirst(callback, brand.id, request.logger)
    // A mark alone proves nothing: whoever set it may have died before it did anything.
    if !isFirst, try await store.isHandled(callback, brand.id) { return replayed(callback, request.logger) }
    let deposit = try await store.deposit(callback.orderNumber, brand.id)
    let outcome = try await outcome(of: PaymentRules.decide(callback, deposit: deposit, currency: brand.currency), callback, brand, request)
    let isRecorded = try await store.record(
      callback, outcome, deposit: deposit, amount: PaymentRules.amount(of: callback, brand.currency), requestID: request.requestID, brand.id
    )
    guard isRecorded else { return replayed(callback, request.logger) }
    metrics.callbacks.increment([outcome.name])
    tell(outcome, callback, request.logger)
    return outcome
  }

  private func isFirst(_ callback: PlisioCallback, _ brand: BrandID, _ logger: Logger) async throws(Problem) -> Bool {
    do {
      return try await replays.isFirst(callback, brand: brand)
    } catch {
      metrics.redisOutage.increment()
      logger.warning(
        "a payment callback's replay can't be looked up", metadata: ["event": "plisio_callback_redis_outage", "error": "\(error)"])
      guard !environment.isProductionGrade else {
        throw Problem(.unavailable, detail: "Send the callback again", retryAfterSeconds: 5)
      }
      return false
    }
  }

  private func outcome(
    of decision: PaymentRules.Decision, _ callback: PlisioCallback, _ brand: Brand, _ request: EndpointRequest
  ) async throws -> PaymentOutcome {
    switch decision {
    case .review(let reason): .review(reason)
    case .unknownDeposit: .unknownDeposit
    case .note: .noted
    case .approve(let deposit): try await approve(deposit, callback, brand, request)
    }
  }

  private func approve(
    _ deposit: PendingDeposit, _ callback: PlisioCallback, _ brand: Brand, _ request: EndpointRequest
  ) async throws -> PaymentOutcome {
    let bonus = try await bonuses.terms(of: deposit).amount(of: deposit.amount)
    do {
      let answer = try await commands.execute(
        WalletRequest(
          brand: brand, key: PlisioKey.wallet(callback.paymentID, brand: brand.code), player: deposit.player,
          action: .depositApprove(transaction: deposit.transaction.description), currency: nil,
          caller: request.identity.caller ?? .gateway, requestID: request.requestID, traceID: request.trace.traceID, logger: request.logger)
      )
      if answer.status < 400 { return .approved(bonus: bonus) }
      return .review(.refused(Self.reason(in: answer)))
    } catch let problem as Problem where !problem.reason.retryable {
      // Repeating it would not help: the payment's id was used for another deposit, or the brand's books aren't set up.
      return .review(.refused(problem.reason.rawValue))
    }
  }

  private static func reason(in answer: WalletAnswer) -> String {
    (try? JSONBytes.decode(ProblemBody.self, from: answer.body))?.reason ?? "refused"
  }

  private func replayed(_ callback: PlisioCallback, _ logger: Logger) -> PaymentOutcome {
    metrics.replaysBlocked.increment([callback.status.rawValue])
    tell(.replayed, callback, logger)
    return .replayed
  }

  /// Never the body, a header or an address of it (S0-WAL-32).
  private func tell(_ outcome: PaymentOutcome, _ callback: PlisioCallback, _ logger: Logger) {
    var metadata: Logger.Metadata = [
      "event": "plisio_callback", "outcome": "\(outcome.name)", "status": "\(callback.status.rawValue)", "txn_id": "\(callback.paymentID)",
      "order_number": "\(callback.orderNumber)",
    ]
    if let reason = outcome.reason { metadata["review_reason"] = "\(reason.name)" }
    let needsPerson = outcome.reason != nil || outcome == .unknownDeposit
    logger.log(level: needsPerson ? .warning : .info, "payment callback", metadata: metadata)
  }
}
