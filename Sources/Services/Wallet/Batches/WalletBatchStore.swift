internal import Evidence
internal import Kernel
internal import Postgres

/// The SQL of a batch: one round trip to lock and read, one to write and commit (`WalletBatchStore+Writing`).
///
/// Every statement is set-based: a batch costs a handful of them, however many commands it has. What is looked up is looked up key by key
/// (`OFFSET 0` keeps the planner from making it a join): in a session that plans once, a plan for a table that was small must serve the table
/// that has grown.
struct WalletBatchStore: Sendable {
  /// Every table that a batch may write to.
  static let written = [
    "wallet_chain", "wallet_command", "wallet_transaction", "wallet_tombstone", "wallet_account", "wallet_ledger", "wallet_balance",
    "wallet_outbox",
  ]

  let documents: WalletDocumentCache
  let accounts: WalletKnownAccounts

  /// Locks the brand's chain and reads everything that the rules need.
  ///
  /// The first statement takes the lock; those after it have newer snapshots, so they see whatever the previous holder committed. It is the
  /// only lock: whoever writes to a brand's wallet takes it first, so that no two can wait for one another.
  func read(_ keys: WalletBatchKeys, _ transaction: BrandTransaction) async throws -> WalletBatchReading {
    if let reading = try await readLocked(keys, transaction) { return reading }
    // The first command of a new brand. The lock is on the row, so that everything is read again once it is there.
    try await transaction.execute(
      "INSERT INTO wallet.wallet_chain (brand_id) VALUES (\(transaction.brand)) ON CONFLICT (brand_id) DO NOTHING")
    guard let reading = try await readLocked(keys, transaction) else {
      throw PostgresError(.decoding, "the brand's chain can't be opened", operation: "read the wallet")
    }
    return reading
  }

  /// Nil when the brand has no chain yet.
  private func readLocked(_ keys: WalletBatchKeys, _ transaction: BrandTransaction) async throws -> WalletBatchReading? {
    let known = documents.versions(of: transaction.brand)
    var statements = base(keys, known, transaction.brand)
    let baseCount = statements.count
    if !keys.transactions.isEmpty { statements.append(transactions(keys, transaction.brand)) }
    if !keys.bets.isEmpty { statements += bets(keys, transaction.brand) }
    let answers = try await transaction.pipeline(statements)
    guard let head = answers[0].first else { return nil }
    var reading = WalletBatchReading(head: try LedgerHead(row: head))
    try reading.take(commands: answers[1], splits: answers[2], players: answers[3])
    guard let versions = answers[4].first else { return nil }
    let active = try documents.take(versions, of: transaction.brand)
    reading.topology = active.topology
    reading.policy = active.policy
    var next = baseCount
    if !keys.transactions.isEmpty {
      try reading.take(transactions: answers[next])
      next += 1
    }
    if !keys.bets.isEmpty {
      try reading.take(transactions: answers[next])
      try reading.take(tombstones: answers[next + 1])
    }
    return reading
  }

  private func base(_ keys: WalletBatchKeys, _ known: WalletDocumentCache.Versions, _ brand: BrandID) -> [SQL] {
    [
      "SELECT seq, row_hash FROM wallet.wallet_chain WHERE brand_id = \(brand) FOR NO KEY UPDATE",
      """
      SELECT c.* FROM unnest(\(keys.keys)::text[]) AS asked (request_id) CROSS JOIN LATERAL (
        SELECT request_id, fingerprint, response_status, response_body FROM wallet.wallet_command
        WHERE brand_id = \(brand) AND request_id = asked.request_id OFFSET 0) AS c
      """,
      "SELECT key, found_brand_id FROM cordon.row_brands('wallet_command', \(keys.keys)::text[])",
      """
      SELECT p.player_id, p.status, b.bucket, b.balance FROM unnest(\(keys.players)::bigint[]) AS asked (player_id)
      CROSS JOIN LATERAL (
        SELECT player_id, status FROM cordon.player WHERE brand_id = \(brand) AND player_id = asked.player_id OFFSET 0) AS p
      LEFT JOIN LATERAL (
        SELECT bucket, balance FROM wallet.wallet_balance
        WHERE brand_id = \(brand) AND player_id = asked.player_id AND currency = \(keys.brand.currency.code) OFFSET 0) AS b ON true
      """,
      // Not joined to the lock: what stands beside a locked row is read before the wait for it, and an activation may have been what it waited
      // for. A version's document never changes: the one that is known already isn't sent again.
      """
      SELECT t.version AS topology_version, CASE WHEN t.version <> \(known.topology) THEN t.document END AS topology,
        p.version AS policy_version, CASE WHEN p.version <> \(known.policy) THEN p.document END AS policy
      FROM (VALUES (1)) AS one
      LEFT JOIN wallet.wallet_topology AS t ON t.brand_id = \(brand) AND t.status = 'active'
      LEFT JOIN wallet.wallet_policy AS p ON p.brand_id = \(brand) AND p.status = 'active'
      """,
    ]
  }

  private static let transactionColumns: SQL =
    """
    t.transaction_id::text AS transaction_id, t.player_id, t.kind, t.state, t.amount, t.settled_amount, t.provider, t.reference, t.round,
      t.requirement, t.created_at, t.part_buckets, t.part_amounts
    """

  private func transactions(_ keys: WalletBatchKeys, _ brand: BrandID) -> SQL {
    """
    SELECT found.* FROM unnest(\(keys.transactions)::uuid[]) AS asked (transaction_id) CROSS JOIN LATERAL (
      SELECT \(Self.transactionColumns) FROM wallet.wallet_transaction AS t
      WHERE t.brand_id = \(brand) AND t.transaction_id = asked.transaction_id OFFSET 0) AS found
    """
  }

  private func bets(_ keys: WalletBatchKeys, _ brand: BrandID) -> [SQL] {
    let providers = keys.bets.map(\.provider)
    let references = keys.bets.map(\.reference)
    return [
      """
      SELECT found.* FROM unnest(\(providers)::text[], \(references)::text[]) AS asked (provider, reference) CROSS JOIN LATERAL (
        SELECT \(Self.transactionColumns) FROM wallet.wallet_transaction AS t
        WHERE t.brand_id = \(brand) AND t.kind = 'bet' AND t.provider = asked.provider AND t.reference = asked.reference OFFSET 0) AS found
      """,
      """
      SELECT t.* FROM unnest(\(providers)::text[], \(references)::text[]) AS asked (provider, reference) CROSS JOIN LATERAL (
        SELECT provider, reference FROM wallet.wallet_tombstone
        WHERE brand_id = \(brand) AND provider = asked.provider AND reference = asked.reference OFFSET 0) AS t
      """,
    ]
  }

  /// Which brands have what this one hasn't. Each hit is recorded by the function that is asked.
  func brands(of questions: [WalletQuestion], _ transaction: BrandTransaction) async throws -> [WalletQuestion: Int64] {
    let kinds = Set(questions.map(\.kind)).sorted()
    let answers = try await transaction.pipeline(
      kinds.map { kind in
        "SELECT key, found_brand_id FROM cordon.row_brands(\(kind), \(questions.filter { $0.kind == kind }.map(\.key))::text[])"
      })
    var brands: [WalletQuestion: Int64] = [:]
    for (kind, rows) in zip(kinds, answers) {
      for row in rows { brands[WalletQuestion(kind: kind, key: try row.get("key"))] = try row.get("found_brand_id") }
    }
    return brands
  }
}
