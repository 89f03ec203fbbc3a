internal import Contracts
internal import Kernel
internal import Postgres

/// The SQL behind the wallet's queries. Every statement names its brand; none of them can be asked without one (S0-WAL-22…24).
struct WalletReadStore: Sendable {
  let database: Database

  func balances(of player: PlayerID, brand: BrandID, currency: Currency) async throws -> [Bucket: Int64] {
    let rows = try await database.withBrand(brand) { transaction in
      try await transaction.query(
        """
        SELECT bucket, balance FROM wallet.wallet_balance
        WHERE brand_id = \(brand) AND player_id = \(player) AND currency = \(currency.code)
        """)
    }
    var balances: [Bucket: Int64] = [:]
    for row in rows { balances[try Bucket(row: row)] = try row.get("balance") }
    return balances
  }

  func hasPlayer(_ player: PlayerID, brand: BrandID) async throws -> Bool {
    try await !database.withBrand(brand) { transaction in
      try await transaction.query("SELECT 1 FROM cordon.player WHERE brand_id = \(brand) AND player_id = \(player)")
    }.isEmpty
  }

  func topology(of brand: BrandID) async throws -> WalletDocumentBody<WalletTopologyDocument>? {
    try await document("wallet_topology", of: brand).map { row in
      WalletDocumentBody(brand: brand, version: try row.get("version"), document: try WalletTopologyDocument(stored: row.get("document")))
    }
  }

  func policy(of brand: BrandID) async throws -> WalletDocumentBody<WalletPolicy>? {
    try await document("wallet_policy", of: brand).map { row in
      WalletDocumentBody(brand: brand, version: try row.get("version"), document: try WalletPolicy(stored: row.get("document")))
    }
  }

  private func document(_ table: String, of brand: BrandID) async throws -> Row? {
    try await database.withBrand(brand) { transaction in
      try await transaction.query(
        "SELECT version, document FROM wallet.\(unsafe: table) WHERE brand_id = \(brand) AND status = 'active'")
    }.first
  }

  /// - Parameters:
  ///   - player: nil for all players of the brand.
  ///   - kind: one of ``WalletTransaction/Kind``; nil for all.
  func transactions(
    brand: BrandID, player: PlayerID?, kind: String?, state: String?, page: WalletPage
  ) async throws -> [WalletTransactionEntry] {
    try await database.withBrand(brand) { transaction in
      try await transaction.query(
        """
        SELECT \(Self.transactionColumns) FROM wallet.wallet_transaction
        WHERE brand_id = \(brand) AND (\(player)::bigint IS NULL OR player_id = \(player)) AND (\(kind)::text IS NULL OR kind = \(kind))
          AND (\(state)::text IS NULL OR state = \(state))
          AND (\(page.after)::text IS NULL OR (created_at, transaction_id) <
            (SELECT t.created_at, t.transaction_id FROM wallet.wallet_transaction t
             WHERE t.brand_id = \(brand) AND t.transaction_id = \(page.after)::text::uuid))
        ORDER BY created_at DESC, transaction_id DESC LIMIT \(Int64(page.limit))
        """)
    }.map { row throws(PostgresError) in try WalletTransactionEntry(row: row) }
  }

  func transaction(_ id: String, brand: BrandID) async throws -> WalletTransactionEntry? {
    try await database.withBrand(brand) { transaction in
      try await transaction.query(
        """
        SELECT \(Self.transactionColumns) FROM wallet.wallet_transaction WHERE brand_id = \(brand) AND transaction_id = \(id)::text::uuid
        """)
    }.first.map { row throws(PostgresError) in try WalletTransactionEntry(row: row) }
  }

  /// The numbers of what a command posted; nil where the brand has no such command.
  func entries(of key: String, brand: BrandID) async throws -> [Int64]? {
    let rows = try await database.withBrand(brand) { transaction in
      try await transaction.query(
        """
        SELECT l.seq FROM wallet.wallet_command AS c
        LEFT JOIN wallet.wallet_ledger AS l ON l.brand_id = \(brand) AND l.request_id = c.request_id
        WHERE c.brand_id = \(brand) AND c.request_id = \(key) ORDER BY l.seq
        """)
    }
    guard !rows.isEmpty else { return nil }
    return try rows.compactMap { row throws(PostgresError) in try row.getOptional("seq") }
  }

  func bet(provider: String, reference: String, brand: BrandID) async throws -> WalletTransactionEntry? {
    try await database.withBrand(brand) { transaction in
      try await transaction.query(
        """
        SELECT \(Self.transactionColumns) FROM wallet.wallet_transaction
        WHERE brand_id = \(brand) AND kind = 'bet' AND provider = \(provider) AND reference = \(reference)
        """)
    }.first.map { row throws(PostgresError) in try WalletTransactionEntry(row: row) }
  }

  func ledger(brand: BrandID, player: PlayerID?, key: String?, page: WalletPage) async throws -> [WalletLedgerEntry] {
    try await database.withBrand(brand) { transaction in
      try await transaction.query(
        """
        SELECT seq, request_id, command, transaction_id::text AS transaction_id, player_id, account, currency, amount, balance_after,
          created_at
        FROM wallet.wallet_ledger
        WHERE brand_id = \(brand) AND (\(player)::bigint IS NULL OR player_id = \(player)) AND (\(key)::text IS NULL OR request_id = \(key))
          AND (\(page.after)::text IS NULL OR seq < \(page.after)::text::bigint)
        ORDER BY seq DESC LIMIT \(Int64(page.limit))
        """)
    }.map { row throws(PostgresError) in try WalletLedgerEntry(row: row) }
  }

  func trialBalance(brand: BrandID) async throws -> [WalletTrialBalanceLine] {
    try await database.withBrand(brand) { transaction in
      try await transaction.query(
        """
        SELECT currency, side, account, entries, balance::bigint AS balance FROM wallet.v_trial_balance WHERE brand_id = \(brand)
        """)
    }.map { row throws(PostgresError) in
      WalletTrialBalanceLine(
        currency: try row.get("currency"), side: try row.get("side"), account: try row.get("account"), entries: try row.get("entries"),
        balance: try row.get("balance"))
    }
  }

  func differences(brand: BrandID) async throws -> Int64 {
    try await database.withBrand(brand) { transaction in
      try await transaction.query("SELECT count(*) AS differing FROM wallet.v_bucket_difference WHERE brand_id = \(brand)")
    }.first?.get("differing") ?? 0
  }

  func command(_ key: String, brand: BrandID) async throws -> WalletAnswer? {
    try await database.withBrand(brand) { transaction in
      try await transaction.query(
        """
        SELECT fingerprint, response_status, response_body FROM wallet.wallet_command WHERE brand_id = \(brand) AND request_id = \(key)
        """)
    }.first.map { row throws(PostgresError) in try WalletBatchReading.Stored(row: row).answer }
  }

  private static let transactionColumns: SQL =
    """
    transaction_id::text AS transaction_id, player_id, kind, state, currency, amount, settled_amount, provider, reference, round,
      requirement, created_at
    """
}
