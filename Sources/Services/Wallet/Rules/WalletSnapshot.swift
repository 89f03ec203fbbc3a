/// What the rules may know: read under lock in the transaction that will apply the decision.
package struct WalletSnapshot: Sendable {
  package enum PlayerStanding: Sendable {
    case active
    case suspended
    case absent
  }

  package let player: PlayerStanding
  /// Balances of the buckets that have one; a bucket that isn't listed holds zero.
  package let balances: [Bucket: Int64]
  /// The transaction that the command names, if this brand and player have it.
  package let target: WalletTransaction?
  /// The brand has the named transaction, but it is another player's.
  package let belongsToAnother: Bool
  /// A rollback for the named bet came before the bet.
  package let rolledBackBefore: Bool

  package init(
    player: PlayerStanding, balances: [Bucket: Int64], target: WalletTransaction? = nil, belongsToAnother: Bool = false,
    rolledBackBefore: Bool = false
  ) {
    self.player = player
    self.balances = balances
    self.target = target
    self.belongsToAnother = belongsToAnother
    self.rolledBackBefore = rolledBackBefore
  }
}
