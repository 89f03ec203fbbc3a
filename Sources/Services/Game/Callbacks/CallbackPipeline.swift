package import HTTPTypes
internal import Kernel
internal import Logging
package import Platform

/// A provider's callback, from raw bytes to answered bytes. It never fails: whatever goes wrong has a word in the provider's form.
///
/// Crash points. A decision is kept before the wallet is asked, and the wallet keeps its answer under a key that the provider's transaction id
/// makes; so a callback that comes again after a crash anywhere finds what was decided, asks the wallet the same, and gets the same bytes.
package struct CallbackPipeline: Sendable {
  let accounts: any AccountResolving
  let book: any GameBook
  let wallet: any GameWallet
  let signatures: CallbackSignatures
  let unresolved: UnresolvedCallbacks
  let metrics: GameMetrics
  let enforcement: EnforcementMode
  /// Where attempts across brands are kept for ever.
  var violations: (any ViolationRecorder)?
  var clock = WallClock.system

  /// - Parameters:
  ///   - provider: short name, `mg`.
  ///   - operation: what follows `/callbacks/{provider}/` in the path.
  package func handle(
    provider: String, operation: String, headers: HTTPFields, body: [UInt8], trust: CallbackTrust, context: CallContext
  ) async -> CallbackResult {
    guard let profile = Providers.profile(provider), let route = profile.route(operation) else { return .noSuchCallback }
    let started = ContinuousClock.now
    let arrival = CallbackArrival(profile: profile, route: route, headers: headers, body: body, trust: trust, context: context)
    let result = await handled(arrival)
    metrics.count(result, provider: provider, operation: route.operation, seconds: (ContinuousClock.now - started).inSeconds)
    return result
  }

  private func handled(_ arrival: CallbackArrival) async -> CallbackResult {
    guard signatures.accept(arrival) else { return arrival.result(.invalidSignature, outcome: .unverified) }
    let callback: Callback
    do {
      callback = try arrival.profile.read(arrival.route.operation, arrival.body)
    } catch {
      arrival.context.logger.info("callback is malformed", metadata: ["event": "callback_malformed", "detail": "\(error.what)"])
      let answer = CallbackAnswer(.malformed, arrival.route.operation, echo: error.echo)
      return CallbackResult(reply: arrival.profile.write(answer), outcome: .malformed, brand: nil)
    }
    let settled = await settle(callback, arrival, CallbackDeadline())
    return CallbackResult(
      reply: arrival.profile.write(settled.answer), outcome: settled.outcome, brand: settled.brand?.id, brandCode: settled.brand?.code)
  }

  private func settle(_ callback: Callback, _ arrival: CallbackArrival, _ deadline: CallbackDeadline) async -> SettledCallback {
    do {
      if callback.operation == .batch { return await batch(callback, arrival, deadline) }
      guard let account = callback.account else { return try await authenticateByToken(callback, arrival, deadline) }
      switch await unresolved.judge(try await accounts.resolve(account, provider: arrival.profile.name, deadline), account, arrival) {
      case .player(let player): return try await settle(callback, of: player, arrival, deadline)
      case .lost: return SettledCallback(CallbackAnswer(.tryAgain, to: callback), .retriable)
      case .nobody(let brand): return SettledCallback(CallbackAnswer(.unknownAccount, to: callback), .unresolved, brand: brand)
      }
    } catch {
      arrival.context.logger.warning("callback is put off", metadata: ["event": "callback_put_off", "error": "\(error)"])
      return SettledCallback(CallbackAnswer(.tryAgain, to: callback), .retriable)
    }
  }

  private func settle(
    _ callback: Callback, of player: ResolvedAccount, _ arrival: CallbackArrival, _ deadline: CallbackDeadline
  ) async throws -> SettledCallback {
    noteForeignToken(callback, player, arrival)
    if let money = callback.money {
      let question = CallbackQuestion(
        terms: arrival.profile.terms, money: money, player: player, requestID: arrival.context.requestID)
      return try await decide(question, callback, arrival.context, deadline)
    }
    if callback.operation == .authenticate {
      let session = try await session(callback.token, arrival, deadline)
      guard session?.player.player == player.player, session?.player.brand.id == player.brand.id else {
        return SettledCallback(CallbackAnswer(.sessionExpired, to: callback), .refused, brand: player.brand)
      }
    }
    return await showBalance(callback, player, arrival.context, deadline)
  }

  private func showBalance(
    _ callback: Callback, _ player: ResolvedAccount, token: SessionToken? = nil, account: String? = nil, _ context: CallContext,
    _ deadline: CallbackDeadline
  ) async -> SettledCallback {
    guard let balance = await wallet.balance(of: player, context, deadline) else {
      return SettledCallback(CallbackAnswer(.tryAgain, to: callback), .retriable, brand: player.brand)
    }
    var answer = CallbackAnswer(.applied, to: callback)
    answer.balance = balance
    answer.currency = player.brand.currency
    answer.account = account ?? callback.account
    answer.token = token?.text
    return SettledCallback(answer, .applied, brand: player.brand)
  }

  // MARK: Sessions

  private func session(_ token: String?, _ arrival: CallbackArrival, _ deadline: CallbackDeadline) async throws -> GameSession? {
    guard let token = token.flatMap({ SessionToken($0) }) else { return nil }
    return try await book.session(token, provider: arrival.profile.name, deadline)
  }

  /// The token endpoint: a session's token for one of the provider's own, which lives a short time.
  private func authenticateByToken(
    _ callback: Callback, _ arrival: CallbackArrival, _ deadline: CallbackDeadline
  ) async throws -> SettledCallback {
    guard let session = try await session(callback.token, arrival, deadline) else {
      return SettledCallback(CallbackAnswer(.sessionExpired, to: callback), .refused)
    }
    let account = try await accounts.outboundAccount(of: session.player, at: arrival.profile.terms, deadline)
    var own: SessionToken?
    if let seconds = arrival.profile.terms.providerTokenSeconds {
      let token = SessionToken(of: session.player.brand.id)
      try await book.exchange(session, for: token, seconds: seconds, deadline)
      own = token
    }
    return await showBalance(callback, session.player, token: own, account: account, arrival.context, deadline)
  }

  /// A token of one brand beside an account of another: no session is found for it, so it opens nothing; but somebody should know.
  private func noteForeignToken(_ callback: Callback, _ player: ResolvedAccount, _ arrival: CallbackArrival) {
    guard let brand = callback.token.flatMap({ SessionToken($0) })?.brand, brand != player.brand.id else { return }
    metrics.crossBrandRejected.increment([callback.operation.rawValue, enforcement.rawValue])
    violations?.record(
      BrandViolation(
        .gameCrossBrand, user: player.player.description, authenticated: player.brand.id, attempted: brand,
        requestID: arrival.context.requestID, at: clock.now()))
    arrival.context.logger.warning(
      "a callback shows another brand's token",
      metadata: [
        "event": "game_cross_brand_rejected", "command": "\(callback.operation.rawValue)", "brand_id": "\(player.brand.id)",
        "token_brand": "\(brand)", "mode": "\(enforcement.rawValue)",
      ])
  }

  // MARK: Money

  private func decide(
    _ question: CallbackQuestion, _ callback: Callback, _ context: CallContext, _ deadline: CallbackDeadline
  ) async throws -> SettledCallback {
    let decision: KeptDecision
    switch try await book.decide(question, deadline) {
    case .putOff: return SettledCallback(CallbackAnswer(.tryAgain, to: callback), .retriable, brand: question.player.brand)
    case .conflict:
      return SettledCallback(CallbackAnswer(.duplicateTransaction, to: callback), .refused, brand: question.player.brand)
    case .follow(let kept), .keep(let kept, _): decision = kept
    }
    switch decision.verdict {
    case .refused(let word): return SettledCallback(CallbackAnswer(word, to: callback), .refused, brand: question.player.brand)
    case .acknowledged: return SettledCallback(CallbackAnswer(.applied, to: callback), .applied, brand: question.player.brand)
    case .forwarded(let reference):
      return try await forward(question, reference: reference, balance: decision.balance, callback, context, deadline)
    }
  }

  private func forward(
    _ question: CallbackQuestion, reference: String?, balance kept: Int64?, _ callback: Callback, _ context: CallContext,
    _ deadline: CallbackDeadline
  ) async throws -> SettledCallback {
    let player = question.player
    guard let command = CommandRules.command(for: question.money, reference: reference, brandCurrency: player.brand.currency) else {
      return SettledCallback(CallbackAnswer(.transactionNotFound, to: callback), .refused, brand: player.brand)
    }
    let order = GameOrder(provider: question.terms.name, key: question.key, player: player, command: command)
    let verdict = await wallet.execute(order, context, deadline)
    let word = CommandRules.word(for: verdict, callback.operation, question.terms)
    guard word != .tryAgain else { return SettledCallback(CallbackAnswer(.tryAgain, to: callback), .retriable, brand: player.brand) }
    var answer = CallbackAnswer(word, to: callback)
    if word.showsBalance(after: callback.operation) {
      guard let balance = try await balance(after: verdict, kept: kept, question, context, deadline) else {
        return SettledCallback(CallbackAnswer(.tryAgain, to: callback), .retriable, brand: player.brand)
      }
      answer.balance = balance
      answer.currency = player.brand.currency
    }
    return SettledCallback(answer, word == .applied ? .applied : .refused, brand: player.brand)
  }

  /// The balance that the wallet's kept answer has, or the one that the first answer showed; read once where neither has one.
  private func balance(
    after verdict: WalletVerdict, kept: Int64?, _ question: CallbackQuestion, _ context: CallContext, _ deadline: CallbackDeadline
  ) async throws -> Int64? {
    if case .applied(let balance, _) = verdict { return balance }
    if let kept { return kept }
    guard let read = await wallet.balance(of: question.player, context, deadline) else { return nil }
    return try await book.keep(balance: read, of: question, deadline)
  }

  // MARK: Batches

  /// One after the other, each with its own answer. Where one must be sent again, the batch must: those before it then find their answers.
  private func batch(_ callback: Callback, _ arrival: CallbackArrival, _ deadline: CallbackDeadline) async -> SettledCallback {
    var answer = CallbackAnswer(.applied, to: callback)
    var brand: Brand?
    var outcome = CallbackResult.Outcome.applied
    for item in callback.items {
      let settled = await settle(item, arrival, deadline)
      guard settled.outcome != .retriable else { return SettledCallback(CallbackAnswer(.tryAgain, to: callback), .retriable) }
      var line = settled.answer
      line.echo = nil
      answer.items.append(line)
      brand = brand ?? settled.brand
      if settled.outcome == .unresolved { outcome = .unresolved }
    }
    return SettledCallback(answer, outcome, brand: brand)
  }
}
