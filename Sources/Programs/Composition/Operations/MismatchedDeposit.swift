package import Kernel
internal import Postgres

/// A deposit whose request came through a host of another brand than the one it was booked under.
package struct MismatchedDeposit: Hashable, Sendable {
  package let transaction: UUIDv7
  package let player: PlayerID
  package let state: String
  package let amount: Int64
  package let currency: String
  package let originHost: String
  /// The brand that the host leads to now.
  package let hostBrand: BrandID

  init(row: Row) throws(PostgresError) {
    transaction = try row.get("deposit_id")
    player = try row.get("player_id")
    state = try row.get("status")
    amount = try row.get("amount")
    currency = try row.get("currency")
    originHost = try row.get("origin_host")
    hostBrand = try row.get("host_brand")
  }
}
