extension TortureLedger {
  /// Reads the ledger of a stack past row-level security.
  static func read(from stack: RunningStack) async throws -> TortureLedger {
    TortureLedger(
      commands: try rows(
        await stack.psql(
          """
          SELECT c.brand_id, c.request_id, coalesce(c.player_id, 0), c.response_status, coalesce(l.moved, 0), coalesce(l.postings, 0),
            convert_from(c.response_body, 'UTF8')
          FROM wallet.wallet_command AS c LEFT JOIN (
            SELECT brand_id, request_id, coalesce(sum(amount) FILTER (WHERE player_id IS NOT NULL), 0) AS moved, count(*) AS postings
            FROM wallet.wallet_ledger GROUP BY brand_id, request_id) AS l USING (brand_id, request_id)
          """), columns: 7
      ).compactMap(command),
      balances: try rows(
        await stack.psql("SELECT brand_id, player_id, sum(balance) FROM wallet.wallet_balance GROUP BY brand_id, player_id"), columns: 3
      ).compactMap { row in
        guard let brand = Int64(row[0]), let player = Int64(row[1]), let amount = Int64(row[2]) else { return nil }
        return Balance(brand: brand, player: player, amount: amount)
      },
      accounts: try rows(
        await stack.psql(
          "SELECT brand_id, account, sum(amount) FROM wallet.wallet_ledger WHERE player_id IS NULL GROUP BY brand_id, account"),
        columns: 3
      ).compactMap { row in
        guard let brand = Int64(row[0]), let amount = Int64(row[2]) else { return nil }
        return Account(brand: brand, name: row[1], amount: amount)
      },
      unbalanced: lines(
        try await stack.psql(
          """
          SELECT brand_id, request_id, currency, sum(amount) FROM wallet.wallet_ledger
          GROUP BY brand_id, request_id, currency HAVING sum(amount) <> 0
          """)),
      differences: lines(try await stack.psql("SELECT * FROM wallet.v_bucket_difference")),
      crossed: lines(
        try await stack.psql(
          """
          SELECT l.brand_id, l.request_id, l.player_id FROM wallet.wallet_ledger AS l JOIN cordon.player AS p USING (player_id)
          WHERE p.brand_id <> l.brand_id
          """)),
      entries: try rows(
        await stack.psql(
          """
          SELECT brand_id, seq, encode(prev_hash, 'hex'), encode(row_hash, 'hex'),
            row_hash = wallet.ledger_entry_hash(brand_id, seq, prev_hash, request_id, command, transaction_id, player_id, account,
              currency, amount, balance_after, created_at), request_id
          FROM wallet.wallet_ledger ORDER BY brand_id, seq
          """), columns: 6
      ).compactMap { row in
        guard let brand = Int64(row[0]), let seq = Int64(row[1]) else { return nil }
        return Entry(brand: brand, seq: seq, key: row[5], previous: row[2], hash: row[3], isHashed: row[4] == "t")
      },
      heads: try rows(await stack.psql("SELECT brand_id, seq, encode(row_hash, 'hex') FROM wallet.wallet_chain"), columns: 3)
        .compactMap { row in
          guard let brand = Int64(row[0]), let seq = Int64(row[1]) else { return nil }
          return Head(brand: brand, seq: seq, hash: row[2])
        },
      events: try rows(await stack.psql("SELECT brand_id, payload ->> 'request_id' FROM wallet.wallet_outbox"), columns: 2)
        .compactMap { row in Int64(row[0]).map { Event(brand: $0, key: row[1]) } })
  }

  // By bytes: a long run's ledger is tens of megabytes.
  private static func lines(_ text: String) -> [String] { text.utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)) } }

  /// The last column may contain the separator.
  private static func rows(_ text: String, columns: Int) -> [[String]] {
    lines(text).map { line in
      line.utf8.split(separator: UInt8(ascii: "|"), maxSplits: columns - 1, omittingEmptySubsequences: false).map { String(Substring($0)) }
    }.filter { $0.count == columns }
  }

  private static func command(_ row: [String]) -> Command? {
    guard let brand = Int64(row[0]), let status = Int(row[3]), let moved = Int64(row[4]), let postings = Int(row[5]) else { return nil }
    return Command(
      brand: brand, key: row[1], player: Int64(row[2]), status: status, body: row[6], moved: moved, postings: postings)
  }
}
