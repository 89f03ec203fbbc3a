import Kernel
import Platform
import Synchronization
import Testing

@testable import Game
@testable import Wallet

/// The wallet's own rules on books in memory, with its memory of commands.
final class MemoryWallet: GameWallet {
  struct State: Sendable {
    var balances: [Bucket: Int64] = [:]
    var bets: [String: WalletTransaction] = [:]
    var tombstones: Set<String> = []
    var answers: [String: (order: GameOrder, verdict: WalletVerdict)] = [:]
    /// What the wallet doesn't answer.
    var isAway = false
  }

  let state: Mutex<State>
  private let rules: WalletRules

  init(cash: Int64) throws {
    let bucket = try #require(Bucket("cash"))
    state = Mutex(State(balances: [bucket: cash]))
    rules = WalletRules(
      topology: WalletTopology(buckets: [bucket], withdrawOrder: [bucket], betOrder: [bucket], depositBucket: bucket, winBucket: bucket),
      policy: WalletPolicy(
        limits: [:], settleMany: true,
        providers: ["bti": ProviderAgreement(unknownRollback: .refuse, rollbackAfterSettle: .reverse)]))
  }

  var total: Int64 { state.withLock { $0.balances.values.reduce(0, +) } }

  func execute(_ order: GameOrder, _ context: CallContext, _ deadline: CallbackDeadline) async -> WalletVerdict {
    state.withLock { state in
      if state.isAway { return .unknown }
      if let known = state.answers[order.key] { return known.order == order ? known.verdict : .refused(.idempotencyMismatch) }
      let verdict = decide(order, &state)
      state.answers[order.key] = (order, verdict)
      return verdict
    }
  }

  func balance(of player: ResolvedAccount, _ context: CallContext, _ deadline: CallbackDeadline) async -> Int64? {
    state.withLock { $0.isAway ? nil : $0.balances.values.reduce(0, +) }
  }

  private func decide(_ order: GameOrder, _ state: inout State) -> WalletVerdict {
    let action = Self.action(order)
    let name = Self.betName(order)
    let snapshot = WalletSnapshot(
      player: .active, balances: state.balances, target: name.flatMap { state.bets[$0] },
      rolledBackBefore: name.map { state.tombstones.contains($0) } ?? false)
    let origin = WalletOrigin(id: order.key, at: Timestamp(seconds: 0))
    switch rules.decide(action, on: snapshot, origin: origin) {
    case .failure(let refusal): return .refused(refusal.reason)
    case .success(let decision):
      state.balances = decision.balances
      if let name, let transaction = decision.transaction { state.bets[name] = transaction }
      if let name, decision.transaction == nil { state.tombstones.insert(name) }
      if let refusal = decision.refusal { return .refused(refusal.reason) }
      return .applied(balance: decision.balances.values.reduce(0, +), tombstone: decision.transaction == nil)
    }
  }

  private static func betName(_ order: GameOrder) -> String? {
    switch order.command {
    case .authorize(_, _, let reference, _), .settle(_, _, let reference), .rollback(let reference): "\(order.provider) \(reference)"
    case .reward: nil
    }
  }

  private static func action(_ order: GameOrder) -> WalletAction {
    switch order.command {
    case .authorize(let amount, _, let reference, let round):
      .authorize(amount: amount, provider: order.provider, reference: reference, round: round)
    case .settle(let amount, _, let reference): .settle(amount: amount, provider: order.provider, reference: reference)
    case .rollback(let reference): .rollback(provider: order.provider, reference: reference)
    case .reward(let amount, _): .rebate(amount: amount)
    }
  }
}
