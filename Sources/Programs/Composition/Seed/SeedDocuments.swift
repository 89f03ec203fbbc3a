internal import Postgres

/// The wallet documents that a seeded brand begins with, in the form that the wallet service parses.
enum SeedDocuments {
  /// Two buckets. Bonus money is bet first and can't be withdrawn.
  static let topology = JSONText(
    """
    {"buckets":[{"name":"cash","withdrawable":true},{"name":"bonus","withdrawable":false}],\
    "bet_order":["bonus","cash"],"deposit_bucket":"cash","win_bucket":"cash","bonus_bucket":"bonus"}
    """)

  /// Amounts in minor units, generous enough for any walk through the product and small enough that a slipped digit is refused. What it
  /// says of bets and providers is what the game providers' agreements ask for (docs/formats/game-providers.md).
  static let policy = JSONText(
    """
    {"limits":{"deposit":{"min":100,"max":100000000},"deposit_request":{"min":100,"max":100000000},\
    "withdraw_request":{"min":100,"max":50000000},"authorize":{"min":1,"max":10000000}},\
    "settle_many":true,"providers":{"bti":{"unknown_rollback":"refuse","rollback_after_settle":"reverse"}}}
    """)
}
