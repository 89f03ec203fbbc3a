internal import Kernel

/// What amounts a callback may have.
enum AmountRules {
  /// Bets are above zero; a win of zero is a lost bet.
  static func isUsable(_ amount: Int64, for operation: CallbackOperation) -> Bool {
    (operation == .win ? 0 : 1)...Limits.amountMinorUnitsMax ~= amount
  }
}
