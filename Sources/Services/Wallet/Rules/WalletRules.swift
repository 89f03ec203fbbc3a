internal import Kernel

/// Decides wallet commands: values in, decision or refusal out. Nothing here awaits, reads a clock or knows SQL.
package struct WalletRules: Sendable {
  package let topology: WalletTopology
  package let policy: WalletPolicy

  package init(topology: WalletTopology, policy: WalletPolicy) {
    self.topology = topology
    self.policy = policy
  }

  /// - Parameter origin: the identity of the transaction, if the command begins one.
  package func decide(_ action: WalletAction, on snapshot: WalletSnapshot, origin: WalletOrigin) -> Result<WalletDecision, WalletRefusal> {
    Result { () throws(WalletRefusal) in try decided(action, on: snapshot, origin: origin) }
  }

  private func decided(_ action: WalletAction, on snapshot: WalletSnapshot, origin: WalletOrigin) throws(WalletRefusal) -> WalletDecision {
    try checkStanding(action, snapshot)
    switch action {
    case .deposit(let amount):
      return try deposit(amount, snapshot, origin)
    case .depositRequest(let amount):
      return try depositRequest(amount, snapshot, origin)
    case .depositApprove:
      return try depositApprove(snapshot)
    case .depositDecline:
      return try depositDecline(snapshot)
    case .withdrawRequest(let amount):
      return try withdrawRequest(amount, snapshot, origin)
    case .withdrawApprove:
      return try withdrawApprove(snapshot)
    case .withdrawDecline:
      return try withdrawDecline(snapshot)
    case .withdrawPay:
      return try withdrawPay(snapshot)
    case .authorize(let amount, let provider, let reference, let round):
      return try authorize(amount, provider, reference, round, snapshot, origin)
    case .settle(let amount, let provider, _):
      return try settle(amount, provider, snapshot)
    case .rollback(let provider, let reference):
      return try rollback(provider, reference, snapshot)
    case .adjust(let amount, let bucket):
      return try adjust(amount, bucket, snapshot, origin)
    case .bonusGrant(let amount, let requirement):
      return try bonusGrant(amount, requirement, snapshot, origin)
    case .bonusConvert:
      return try closeBonus(as: .converted, snapshot)
    case .bonusForfeit:
      return try closeBonus(as: .forfeited, snapshot)
    case .rollingComplete:
      return try closeBonus(as: .completed, snapshot)
    case .rebate(let amount):
      return try reward(amount, .rebate, kind: .rebate, from: .rebates, snapshot, origin)
    case .cashback(let amount):
      return try reward(amount, .cashback, kind: .cashback, from: .cashbacks, snapshot, origin)
    case .lossback(let amount):
      return try reward(amount, .lossback, kind: .lossback, from: .lossbacks, snapshot, origin)
    case .transfer(let amount, let source, let destination):
      return try transfer(amount, from: source, to: destination, snapshot, origin)
    }
  }

  /// A suspended player's running business is finished (wins, rollbacks, declines, payments, bonuses that they have) and what they are owed
  /// is paid; they can't begin any.
  private func checkStanding(_ action: WalletAction, _ snapshot: WalletSnapshot) throws(WalletRefusal) {
    switch snapshot.player {
    case .active: return
    case .absent: throw .playerNotFound
    case .suspended:
      switch action {
      case .depositRequest, .withdrawRequest, .authorize, .bonusGrant, .transfer: throw .playerSuspended
      case .deposit, .depositApprove, .depositDecline, .withdrawApprove, .withdrawDecline, .withdrawPay, .settle, .rollback, .adjust,
        .bonusConvert, .bonusForfeit, .rollingComplete, .rebate, .cashback, .lossback:
        return
      }
    }
  }

  /// An amount that begins something: above zero, inside the platform's bound and the policy's.
  func checkAmount(_ amount: Int64, of command: WalletCommandName, min: Int64 = 1) throws(WalletRefusal) {
    try checkRange(amount, min: min)
    try checkLimits(amount, of: command)
  }

  func checkRange(_ amount: Int64, min: Int64 = 1) throws(WalletRefusal) {
    guard amount >= min, amount <= Limits.amountMinorUnitsMax else { throw .amountOutOfRange }
  }

  func checkLimits(_ amount: Int64, of command: WalletCommandName) throws(WalletRefusal) {
    if let limits = policy.limits(of: command), amount < limits.min || amount > limits.max { throw .limitExceeded }
  }
}
