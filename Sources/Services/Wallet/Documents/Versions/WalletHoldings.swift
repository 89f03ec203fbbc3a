internal import Platform

/// What players hold, as far as it was looked at.
package struct WalletHoldings: Hashable, Sendable {
  package struct Total: Hashable, Sendable {
    package let bucket: String
    package let currency: String
    /// How many players hold money there.
    package let players: Int64
    /// Minor units in digits: a sum over many players may leave 64 bits.
    package let amount: String
  }

  package let totals: [Total]
  /// How many players hold money in a bucket that would vanish, be locked for withdrawals, leave the bets.
  package let vanishingPlayers: Int64
  package let noLongerWithdrawablePlayers: Int64
  package let leavingBetOrderPlayers: Int64
  /// Balances that were looked at, in the order of player numbers, and whether those were all.
  package let rows: Int64
  package let isComplete: Bool

  var playersJSON: JSONValue {
    [
      "vanishing": .integer(vanishingPlayers), "no_longer_withdrawable": .integer(noLongerWithdrawablePlayers),
      "leaving_bet_order": .integer(leavingBetOrderPlayers),
    ]
  }

  var totalsJSON: JSONValue {
    .array(
      totals.map {
        ["bucket": .string($0.bucket), "currency": .string($0.currency), "players": .integer($0.players), "amount": .number($0.amount)]
      })
  }
}
