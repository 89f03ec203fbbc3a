import Composition
import Contracts
import Foundation
import Kernel

/// One of many clients: sends random commands of both brands, some twice, and asks again until each is answered.
struct TortureClient: Sendable {
  let number: Int
  let run: String
  let stack: RunningStack
  let players: [StackPlayer]
  let paths: TorturePaths
  let log: TortureLog
  /// True once no new command may begin.
  let isOver: @Sendable () -> Bool
  /// True once nothing is asked again either.
  let givesUp: @Sendable () -> Bool

  /// A bet that was taken and not closed by this client.
  private struct OpenBet {
    let player: StackPlayer
    let provider: String
    let reference: String
    let amount: Int64
  }

  private struct State {
    var random: SeededRandom
    var count = 0
    var bets: [OpenBet] = []
    var withdrawals: [(player: StackPlayer, transaction: String, amount: Int64)] = []
    /// A deposit that was answered, for keys that are used again wrongly.
    var answered: (player: StackPlayer, key: String)?
  }

  /// - Parameter seed: of the whole run.
  func play(seed: UInt64) async {
    var state = State(random: SeededRandom(seed: seed, worker: number))
    while !isOver(), !Task.isCancelled { await step(&state) }
  }

  private func step(_ state: inout State) async {
    let player = state.random.pick(players)
    switch state.random.below(100) {
    case ..<25: await deposit(player, &state)
    case ..<55: await bet(player, &state)
    case ..<78: await close(&state)
    case ..<88: await withdraw(player, &state)
    case ..<92: await decline(&state)
    case ..<95: await lateBet(player, &state)
    case ..<98: await mismatch(&state)
    default: await cross(&state)
    }
  }

  private func key(_ player: StackPlayer, _ state: inout State) -> String {
    state.count += 1
    return "\(player.brand.code):\(run)-\(number)-\(state.count)"
  }

  // MARK: Commands

  private func deposit(_ player: StackPlayer, _ state: inout State) async {
    let amount = Int64(state.random.below(5_000) + 100)
    let key = key(player, &state)
    let call = internalCall("deposit", .admin, player.brand, key) {
      WalletDepositBody(player: player.id, amount: amount, currency: player.brand.currency)
    }
    let intent = TortureIntent(brand: player.brand.id, key: key, kind: .deposit, player: player.id, amount: amount)
    if await send(intent, &state, call)?.isAccepted == true { state.answered = (player, key) }
  }

  private func bet(_ player: StackPlayer, _ state: inout State) async {
    let amount = Int64(state.random.below(2_000) + 1)
    let key = key(player, &state)
    if state.random.chance(40) {
      let stored = "\(player.brand.code):p\(player.id):\(key)"
      let reference = "\(player.id):\(key)"
      let intent = TortureIntent(
        brand: player.brand.id, key: stored, kind: .bet(reference: "house/\(reference)"), player: player.id, amount: amount)
      let call = playerCall("/v1/wallet/bets", player, key) { WalletBetBody(amount: amount, currency: player.brand.currency) }
      if await send(intent, &state, call)?.isAccepted == true {
        state.bets.append(OpenBet(player: player, provider: "house", reference: reference, amount: amount))
      }
    } else if await authorize(player, key, reference: key, amount, &state)?.isAccepted == true {
      state.bets.append(OpenBet(player: player, provider: "mg", reference: key, amount: amount))
    }
  }

  private func authorize(
    _ player: StackPlayer, _ key: String, reference: String, _ amount: Int64, _ state: inout State
  ) async -> TortureReply? {
    let intent = TortureIntent(
      brand: player.brand.id, key: key, kind: .bet(reference: "mg/\(reference)"), player: player.id, amount: amount)
    return await send(
      intent, &state,
      internalCall("authorize", .game, player.brand, key) {
        WalletAuthorizeBody(
          player: player.id, amount: amount, currency: player.brand.currency, provider: "mg", reference: reference, round: nil)
      })
  }

  /// A result, a rollback, or both at once: only one of them may be taken.
  private func close(_ state: inout State) async {
    guard !state.bets.isEmpty else { return }
    let bet = state.bets.remove(at: state.random.below(state.bets.count))
    let win = Int64(state.random.below(4_000))
    let settles = state.random.chance(60)
    let both = state.random.chance(25)
    let keys = [key(bet.player, &state), key(bet.player, &state)]
    var (first, second) = (state, state)
    async let settled: TortureReply? = settles || both ? settle(bet, keys[0], win, &first) : nil
    async let undone: TortureReply? = !settles || both ? rollback(bet, keys[1], &second) : nil
    _ = await (settled, undone)
    state.random = first.random
  }

  private func settle(_ bet: OpenBet, _ key: String, _ win: Int64, _ state: inout State) async -> TortureReply? {
    let brand = bet.player.brand
    let intent = TortureIntent(
      brand: brand.id, key: key, kind: .settle(reference: "\(bet.provider)/\(bet.reference)"), player: bet.player.id, amount: win)
    return await send(
      intent, &state,
      internalCall("settle", .game, brand, key) {
        WalletSettleBody(player: bet.player.id, amount: win, currency: brand.currency, provider: bet.provider, reference: bet.reference)
      })
  }

  private func rollback(_ bet: OpenBet, _ key: String, _ state: inout State) async -> TortureReply? {
    let intent = TortureIntent(
      brand: bet.player.brand.id, key: key, kind: .rollback(reference: "\(bet.provider)/\(bet.reference)"), player: bet.player.id,
      amount: bet.amount)
    return await send(
      intent, &state,
      internalCall("rollback", .game, bet.player.brand, key) {
        WalletRollbackBody(player: bet.player.id, provider: bet.provider, reference: bet.reference)
      })
  }

  /// The rollback overtakes its bet; the bet must be refused.
  private func lateBet(_ player: StackPlayer, _ state: inout State) async {
    let reference = key(player, &state)
    let bet = OpenBet(player: player, provider: "mg", reference: reference, amount: Int64(state.random.below(500) + 1))
    _ = await rollback(bet, key(player, &state), &state)
    _ = await authorize(player, key(player, &state), reference: reference, bet.amount, &state)
  }

  private func withdraw(_ player: StackPlayer, _ state: inout State) async {
    let amount = Int64(state.random.below(3_000) + 100)
    let key = key(player, &state)
    let throughGateway = state.random.chance(50)
    let stored = throughGateway ? "\(player.brand.code):p\(player.id):\(key)" : key
    let intent = TortureIntent(brand: player.brand.id, key: stored, kind: .withdrawRequest, player: player.id, amount: amount)
    let call =
      throughGateway
      ? playerCall("/v1/wallet/withdrawals", player, key) { WalletAmountBody(amount: amount, currency: player.brand.currency) }
      : internalCall("withdraw-request", .admin, player.brand, key) {
        WalletDepositBody(player: player.id, amount: amount, currency: player.brand.currency)
      }
    guard let reply = await send(intent, &state, call), reply.isAccepted else { return }
    let answer = try? JSONDecoder().decode(WalletCommandAnswer.self, from: Data(reply.body.utf8))
    if let id = answer?.transaction?.id { state.withdrawals.append((player, id, amount)) }
  }

  private func decline(_ state: inout State) async {
    guard let (player, transaction, amount) = state.withdrawals.popLast() else { return }
    let key = key(player, &state)
    let intent = TortureIntent(
      brand: player.brand.id, key: key, kind: .withdrawDecline(request: transaction), player: player.id, amount: amount)
    _ = await send(
      intent, &state,
      internalCall("withdraw-decline", .admin, player.brand, key) { WalletTransactionBody(player: player.id, transaction: transaction) })
  }

  // MARK: Commands that must be refused

  private func mismatch(_ state: inout State) async {
    guard let (player, key) = state.answered else { return }
    let intent = TortureIntent(brand: player.brand.id, key: key, kind: .mismatch, player: player.id, amount: 99_999)
    _ = await send(
      intent, &state,
      internalCall("deposit", .admin, player.brand, key) {
        WalletDepositBody(player: player.id, amount: 99_999, currency: player.brand.currency)
      })
  }

  /// The other brand's player under a new key, or its key for an own player.
  private func cross(_ state: inout State) async {
    let takesKey = state.random.chance(50)
    guard let own = state.answered, let other = players.first(where: { $0.brand != own.player.brand }) else { return }
    let newKey = key(other, &state)
    let key = takesKey ? own.key : newKey
    let player = takesKey ? other.id : own.player.id
    let intent = TortureIntent(brand: other.brand.id, key: key, kind: .crossed, player: player, amount: 500)
    _ = await send(
      intent, &state,
      internalCall("deposit", .admin, other.brand, key) {
        WalletDepositBody(player: player, amount: 500, currency: other.brand.currency)
      })
  }

  // MARK: Sending

  private typealias Call = @Sendable () async throws -> StackReply

  private func internalCall(
    _ command: String, _ caller: CallerLabel, _ brand: StackBrand, _ key: String,
    _ body: @escaping @Sendable () -> any Encodable & Sendable
  ) -> Call {
    { [stack, paths] in
      try await stack.client.send(
        "POST", "/internal/wallet/\(command)", at: paths.nextWallet(), key: key, body: body(),
        headers: stack.headers(of: caller, brand))
    }
  }

  private func playerCall(
    _ path: String, _ player: StackPlayer, _ key: String, _ body: @escaping @Sendable () -> any Encodable & Sendable
  ) -> Call {
    { [stack, paths] in
      try await stack.client.send(
        "POST", path, at: stack.url(.gateway), host: player.brand.host, token: paths.token(of: player), key: key, body: body())
    }
  }

  /// Sends until there is an answer: sometimes twice at a time, sometimes again after the answer.
  private func send(_ intent: TortureIntent, _ state: inout State, _ call: @escaping Call) async -> TortureReply? {
    let index = log.intends(intent)
    let asTwins = state.random.chance(15)
    let again = state.random.chance(10)
    if asTwins {
      async let first = untilAnswered(index, call)
      async let second = untilAnswered(index, call)
      return await (first, second).0
    }
    let reply = await untilAnswered(index, call)
    if again, reply != nil { return await untilAnswered(index, call) }
    return reply
  }

  private func untilAnswered(_ index: Int, _ call: Call) async -> TortureReply? {
    var pause = 20
    repeat {
      do {
        let answer = try await call()
        let reply = TortureReply(status: answer.status, body: answer.text, reason: answer.status < 400 ? nil : answer.reason)
        if !reply.isAmbiguous {
          log.answered(index, reply)
          return reply
        }
        log.doubted(index, "\(reply.status) \(reply.reason ?? "")")
      } catch {
        log.doubted(index, "no answer")
      }
      try? await Task.sleep(for: .milliseconds(pause))
      pause = min(pause * 2, 250)
    } while !givesUp() && !Task.isCancelled
    return nil
  }
}
