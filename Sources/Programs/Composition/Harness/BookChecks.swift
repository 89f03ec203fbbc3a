internal import Contracts
internal import Kernel
internal import Platform
internal import Postgres
internal import Redis

/// What is written down about money, in the ledger and in the streams, names its brand.
struct BookChecks: Sendable {
  /// How much of a stream is read, from its end.
  private static let eventsRead = 500
  private static let publishingLimit: Duration = .seconds(20)

  let stack: HarnessStack
  let cast: HarnessCast

  var ledger: HarnessCheck {
    HarnessCheck("every movement of money has ledger rows of its brand, and the books balance", ["S0-E2E-30"]) { comparison in
      for brand in cast.brands {
        let player = try await cast.player(of: brand)
        let (movements, unwritten, differences) = try await counts(brand, player)
        comparison.expect("\(brand.code) has no movements of \(HarnessCast.accountName)", movements > 0)
        comparison.expect("movements of \(brand.code) without ledger rows", unwritten, is: 0)
        comparison.expect("buckets of \(brand.code) that differ from their ledger", differences, is: 0)
        let books = try await stack.call(brand, "GET", "/internal/wallet/trial-balance").decode(WalletTrialBalance.self)
        comparison.expect("brand of the books", books.brand, is: brand.id)
        comparison.expect("differences in the books of \(brand.code)", books.differences, is: 0)
        for (currency, lines) in Dictionary(grouping: books.lines, by: \.currency) {
          comparison.expect("sum of \(brand.code)'s books in \(currency)", lines.reduce(0) { $0 + $1.balance }, is: 0)
        }
      }
    }
  }

  /// The streams of rolling and promotion belong to services that come later.
  var events: HarnessCheck {
    HarnessCheck("every event of wallet and player carries its brand", ["S0-E2E-31"]) { comparison in
      for brand in cast.brands {
        comparison.expect("events of \(brand.code) that are not published", try await unpublished(brand), is: 0)
      }
      let known = Set(cast.brands.map { String($0.id) })
      for (stream, mustHaveBoth) in [(RedisKeys.walletStream, true), (RedisKeys.playerStream, false)] {
        let brands = try await StreamBrands.read(stream, entries: Self.eventsRead, from: stack.redis)
        comparison.expect("\(stream) is empty", !brands.isEmpty)
        comparison.expect("events of \(stream) without one brand", brands.count { $0 == nil }, is: 0)
        guard mustHaveBoth else { continue }
        comparison.expect("\(stream) lacks events of a brand", known.isSubset(of: brands.compactMap { $0 }))
      }
    }
  }

  private func counts(_ brand: DemoBrand, _ player: DemoPlayer) async throws -> (Int64, Int64, Int64) {
    try await stack.within(brand) { transaction in
      let rows = try await transaction.query(
        """
        SELECT count(*) AS movements,
          count(*) FILTER (WHERE NOT EXISTS (
            SELECT FROM wallet.wallet_ledger AS l WHERE l.brand_id = t.brand_id AND l.transaction_id = t.transaction_id
          )) AS unwritten,
          (SELECT count(*) FROM wallet.v_bucket_difference WHERE brand_id = \(transaction.brand)) AS differences
        FROM wallet.wallet_transaction AS t WHERE t.brand_id = \(transaction.brand) AND t.player_id = \(player.id)
        """)
      return (try rows[0].get("movements"), try rows[0].get("unwritten"), try rows[0].get("differences"))
    }
  }

  /// Waits for the workers, who publish in their own time.
  private func unpublished(_ brand: DemoBrand) async throws -> Int64 {
    let deadline = ContinuousClock.now + Self.publishingLimit
    while true {
      let count: Int64 = try await stack.within(brand) { transaction in
        let rows = try await transaction.query(
          """
          SELECT (SELECT count(*) FROM wallet.wallet_outbox WHERE brand_id = \(transaction.brand) AND published_at IS NULL)
            + (SELECT count(*) FROM cordon.player_outbox WHERE brand_id = \(transaction.brand) AND published_at IS NULL) AS waiting
          """)
        return try rows[0].get("waiting")
      }
      if count == 0 || ContinuousClock.now >= deadline { return count }
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}
