internal import Kernel
internal import Postgres

extension WalletBatchStore {
  /// Writes the batch and commits, in one round trip.
  ///
  /// - Parameter touching: write even when there is nothing to write, so that the commit is one that waits for the standbys.
  func write(_ plan: WalletBatchPlan, touching: Bool, _ transaction: BrandTransaction) async throws {
    var statements: [SQL] = []
    if !plan.isEmpty {
      // A change of a transaction that the same batch opens is a statement of its own, since none sees what its own parts enter.
      statements = [Self.together(entering(plan))] + plan.waves.map { wave(plan, $0) }
    }
    if touching {
      statements.append("UPDATE wallet.wallet_chain SET touched_at = clock_timestamp() WHERE brand_id = \(transaction.brand)")
    }
    try await transaction.finishing(statements)
  }

  private func entering(_ plan: WalletBatchPlan) -> [SQL] {
    var parts = [commands(plan)]
    if !plan.opened.ids.isEmpty { parts.append(opened(plan)) }
    if !plan.tombstones.keys.isEmpty { parts.append(tombstones(plan)) }
    if !plan.entries.sequence.isEmpty { parts += money(plan) }
    if !plan.events.ids.isEmpty { parts.append(events(plan)) }
    return parts
  }

  /// Several INSERTs and UPDATEs as one statement: each costs less as a part than alone. What triggers check is checked at its end, when
  /// all parts are entered.
  private static func together(_ parts: [SQL]) -> SQL {
    var statement: SQL = parts[parts.count - 1]
    for (index, part) in parts.dropLast().enumerated().reversed() {
      let isFirst = index == 0
      let isLast = index == parts.count - 2
      statement = "\(unsafe: isFirst ? "WITH " : "")part\(unsafe: String(index)) AS (\(part))\(unsafe: isLast ? " " : ", ")\(statement)"
    }
    return statement
  }

  private func commands(_ plan: WalletBatchPlan) -> SQL {
    let rows = plan.commands
    return """
      INSERT INTO wallet.wallet_command (brand_id, request_id, command, fingerprint, response_status, response_body, player_id, created_at)
      SELECT \(plan.brand.id), n.request_id, n.command, n.fingerprint, n.response_status, n.response_body, n.player_id, \(plan.moment)
      FROM unnest(\(rows.keys)::text[], \(rows.names)::text[], \(rows.fingerprints)::bytea[], \(rows.statuses)::integer[],
        \(rows.bodies)::bytea[], \(rows.players)::bigint[])
        AS n (request_id, command, fingerprint, response_status, response_body, player_id)
      """
  }

  private func opened(_ plan: WalletBatchPlan) -> SQL {
    let rows = plan.opened
    return """
      INSERT INTO wallet.wallet_transaction (brand_id, transaction_id, kind, state, player_id, currency, amount, provider, reference, round,
        requirement, origin_host, reason, request_id, part_buckets, part_amounts, created_at, updated_at)
      SELECT \(plan.brand.id), n.transaction_id, n.kind, n.state, n.player_id, \(plan.brand.currency.code), n.amount, n.provider,
        n.reference, n.round, n.requirement, n.origin_host, n.reason, n.request_id, n.part_buckets::text[], n.part_amounts::bigint[], \(plan.moment),
        \(plan.moment)
      FROM unnest(\(rows.ids)::uuid[], \(rows.kinds)::text[], \(rows.states)::text[], \(rows.players)::bigint[], \(rows.amounts)::bigint[],
        \(rows.providers)::text[], \(rows.references)::text[], \(rows.rounds)::text[], \(rows.requirements)::bigint[], \(rows.hosts)::text[], \(rows.reasons)::text[],
        \(rows.keys)::text[], \(rows.partBuckets)::text[], \(rows.partAmounts)::text[])
        AS n (transaction_id, kind, state, player_id, amount, provider, reference, round, requirement, origin_host, reason, request_id,
          part_buckets, part_amounts)
      """
  }

  private func wave(_ plan: WalletBatchPlan, _ rows: WalletBatchPlan.Changes) -> SQL {
    """
    UPDATE wallet.wallet_transaction AS t SET state = n.state, settled_amount = n.settled_amount, reason = coalesce(n.reason, t.reason),
      updated_at = \(plan.moment)
    FROM unnest(\(rows.ids)::uuid[], \(rows.states)::text[], \(rows.settled)::bigint[], \(rows.reasons)::text[])
      AS n (transaction_id, state, settled_amount, reason)
    WHERE t.brand_id = \(plan.brand.id) AND t.transaction_id = n.transaction_id
    """
  }

  private func tombstones(_ plan: WalletBatchPlan) -> SQL {
    let rows = plan.tombstones
    return """
      INSERT INTO wallet.wallet_tombstone (brand_id, provider, reference, request_id, created_at)
      SELECT \(plan.brand.id), n.provider, n.reference, n.request_id, \(plan.moment)
      FROM unnest(\(rows.providers)::text[], \(rows.references)::text[], \(rows.keys)::text[]) AS n (provider, reference, request_id)
      ON CONFLICT (brand_id, provider, reference) DO NOTHING
      """
  }

  private func money(_ plan: WalletBatchPlan) -> [SQL] {
    let changed = plan.balances.filter { plan.isHeld($0.key) }
    let new = plan.balances.filter { !plan.isHeld($0.key) }
    let opened = accounts.missing(of: plan.accounts, in: plan.brand.id)
    return [ledger(plan)] + (opened.isEmpty ? [] : [accounts(plan, opened)]) + (changed.isEmpty ? [] : [change(changed, plan)])
      + (new.isEmpty ? [] : [enter(new, plan)])
  }

  private func accounts(_ plan: WalletBatchPlan, _ names: [String]) -> SQL {
    """
    INSERT INTO wallet.wallet_account (brand_id, account) SELECT \(plan.brand.id), n.account
    FROM unnest(\(names)::text[]) AS n (account) ON CONFLICT (brand_id, account) DO NOTHING
    """
  }

  private func ledger(_ plan: WalletBatchPlan) -> SQL {
    let entries = plan.entries
    return """
      INSERT INTO wallet.wallet_ledger (brand_id, seq, prev_hash, row_hash, request_id, command, transaction_id, player_id, account, currency,
        amount, balance_after, created_at)
      SELECT \(plan.brand.id), n.seq, n.prev_hash, n.row_hash, n.request_id, n.command, n.transaction_id, n.player_id, n.account,
        \(plan.brand.currency.code), n.amount, n.balance_after, \(plan.moment)
      FROM unnest(\(entries.sequence)::bigint[], \(entries.previous)::bytea[], \(entries.hashes)::bytea[], \(entries.keys)::text[],
        \(entries.names)::text[], \(entries.transactions)::uuid[], \(entries.players)::bigint[], \(entries.accounts)::text[],
        \(entries.amounts)::bigint[], \(entries.balances)::bigint[])
        AS n (seq, prev_hash, row_hash, request_id, command, transaction_id, player_id, account, amount, balance_after)
      """
  }

  /// An UPDATE costs half of what an INSERT costs that finds the row there. Under the chain's lock nobody else changes balances.
  private func change(_ balances: [WalletBatchPlan.Bucketed: Int64], _ plan: WalletBatchPlan) -> SQL {
    """
    UPDATE wallet.wallet_balance AS b SET balance = n.balance, version = b.version + 1, updated_at = \(plan.moment)
    FROM unnest(\(balances.map(\.key.player))::bigint[], \(balances.map(\.key.bucket.name))::text[], \(balances.map(\.value))::bigint[])
      AS n (player_id, bucket, balance)
    WHERE b.brand_id = \(plan.brand.id) AND b.player_id = n.player_id AND b.bucket = n.bucket AND b.currency = \(plan.brand.currency.code)
    """
  }

  private func enter(_ balances: [WalletBatchPlan.Bucketed: Int64], _ plan: WalletBatchPlan) -> SQL {
    """
    INSERT INTO wallet.wallet_balance (brand_id, player_id, bucket, currency, balance, updated_at)
    SELECT \(plan.brand.id), n.player_id, n.bucket, \(plan.brand.currency.code), n.balance, \(plan.moment)
    FROM unnest(\(balances.map(\.key.player))::bigint[], \(balances.map(\.key.bucket.name))::text[], \(balances.map(\.value))::bigint[])
      AS n (player_id, bucket, balance)
    """
  }

  private func events(_ plan: WalletBatchPlan) -> SQL {
    let rows = plan.events
    return """
      INSERT INTO wallet.wallet_outbox (brand_id, event_id, event_type, payload, created_at)
      SELECT \(plan.brand.id), n.event_id, n.event_type, n.payload::jsonb, \(plan.moment)
      FROM unnest(\(rows.ids)::uuid[], \(rows.types)::text[], \(rows.payloads)::text[]) AS n (event_id, event_type, payload)
      """
  }
}
