@testable import Wallet

/// Which state a transaction begins in and which follows which, as `wallet.wallet_transaction_transition()` says.
enum SimulatedTransitions {
  /// Every pair and every step that it allows, as lines.
  static var lines: Set<String> {
    var lines: Set<String> = []
    for kind in WalletTransaction.Kind.allCases {
      for state in WalletTransaction.State.allCases {
        if begins(kind, state) { lines.insert("\(kind.rawValue)|\(state.rawValue)") }
        for next in WalletTransaction.State.allCases where follows(kind, state, next) {
          lines.insert("\(kind.rawValue)|\(state.rawValue)|\(next.rawValue)")
        }
      }
    }
    return lines
  }

  private struct Step: Hashable {
    let kind: WalletTransaction.Kind
    let from: WalletTransaction.State
    let to: WalletTransaction.State
  }

  static func begins(_ kind: WalletTransaction.Kind, _ state: WalletTransaction.State) -> Bool {
    switch (kind, state) {
    case (.deposit, .pending), (.deposit, .approved), (.withdraw, .requested), (.bet, .authorized), (.bonus, .granted): true
    case (.adjust, .applied), (.rebate, .applied), (.cashback, .applied), (.lossback, .applied), (.transfer, .applied): true
    default: false
    }
  }

  static func follows(_ kind: WalletTransaction.Kind, _ from: WalletTransaction.State, _ to: WalletTransaction.State) -> Bool {
    steps.contains(Step(kind: kind, from: from, to: to))
  }

  private static let steps: Set<Step> = [
    Step(kind: .deposit, from: .pending, to: .approved), Step(kind: .deposit, from: .pending, to: .declined),
    Step(kind: .withdraw, from: .requested, to: .approved), Step(kind: .withdraw, from: .requested, to: .declined),
    Step(kind: .withdraw, from: .approved, to: .paid), Step(kind: .withdraw, from: .approved, to: .declined),
    Step(kind: .bet, from: .authorized, to: .settled), Step(kind: .bet, from: .authorized, to: .rolledBack),
    Step(kind: .bet, from: .settled, to: .settled), Step(kind: .bet, from: .settled, to: .rolledBack),
    Step(kind: .bonus, from: .granted, to: .converted), Step(kind: .bonus, from: .granted, to: .completed),
    Step(kind: .bonus, from: .granted, to: .forfeited),
  ]
}
