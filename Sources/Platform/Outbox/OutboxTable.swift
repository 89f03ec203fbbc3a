internal import Contracts
internal import Postgres

/// An outbox: the table that events are written to with their cause, and the Redis Stream that they go to.
package enum OutboxTable: String, CaseIterable, Sendable {
  case wallet
  case player

  /// The table's name, for SQL.
  package var name: String {
    switch self {
    case .wallet: "wallet.wallet_outbox"
    case .player: "cordon.player_outbox"
    }
  }

  /// As a freeze names it.
  var bareName: String { "\(rawValue)_outbox" }

  package var stream: String {
    switch self {
    case .wallet: RedisKeys.walletStream
    case .player: RedisKeys.playerStream
    }
  }

  /// `wallet_outbox_oldest_unpublished_seconds` (C-13) and its siblings.
  package var metricPrefix: String { "\(rawValue)_outbox" }
}
