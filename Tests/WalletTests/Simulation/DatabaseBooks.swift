import Kernel
import TestSupport

@testable import Wallet

/// What stands in the wallet's tables of one brand, and what should, as lines of text.
struct DatabaseBooks {
  let brand: Int64

  /// - Parameter falsifying: a statement that is run before and taken back afterwards.
  /// - Throws: what is there and shouldn't be, or isn't and should.
  func check(_ model: ModelBooks, _ bodies: [String: [UInt8]], in database: TestDatabase, falsifying: String = "") async throws {
    let before =
      falsifying.isEmpty
      ? "" : "SET session_replication_role = replica; ALTER TABLE wallet.wallet_ledger DISABLE TRIGGER ALL; \(falsifying); "
    let text = try await database.psql("BEGIN; \(before)\(queries.joined(separator: "; ")); ROLLBACK")
    let found = text.split(separator: "\n").map(String.init).filter { $0.contains("|") }.sorted()
    let expected = Self.lines(model, bodies).sorted()
    guard found != expected else { return }
    let difference = found.difference(from: expected).map { change in
      switch change {
      case .insert(_, let line, _): "stands there: \(line)"
      case .remove(_, let line, _): "is missing: \(line)"
      }
    }
    throw SimulationFinding(difference.prefix(4).joined(separator: "\n"))
  }

  private var queries: [String] { stateQueries + invariantQueries }

  private var stateQueries: [String] {
    [
      "SELECT concat_ws('|', 'balance', player_id, bucket, balance) FROM wallet.wallet_balance WHERE brand_id = \(brand) AND balance <> 0",
      """
      SELECT concat_ws('|', 'transaction', transaction_id, player_id, kind, state, amount, settled_amount, coalesce(provider, '-'),
        coalesce(reference, '-'), coalesce(round, '-'), coalesce(requirement, -1),
        CASE WHEN kind <> 'adjust' THEN array_to_string(part_buckets, ',') || ' ' || array_to_string(part_amounts, ',') END)
      FROM wallet.wallet_transaction WHERE brand_id = \(brand)
      """,
      "SELECT concat_ws('|', 'tombstone', provider, reference) FROM wallet.wallet_tombstone WHERE brand_id = \(brand)",
      """
      SELECT concat_ws('|', 'command', request_id, command, player_id, response_status, encode(response_body, 'hex'))
      FROM wallet.wallet_command WHERE brand_id = \(brand)
      """,
      """
      SELECT concat_ws('|', 'ledger', request_id, coalesce(player_id, 0), account, sum(amount)) FROM wallet.wallet_ledger
      WHERE brand_id = \(brand) GROUP BY request_id, player_id, account HAVING sum(amount) <> 0
      """,
      "SELECT concat_ws('|', 'event', payload->>'request_id', event_type) FROM wallet.wallet_outbox WHERE brand_id = \(brand)",
    ]
  }

  /// Each line of these is a fault by itself.
  private var invariantQueries: [String] {
    [
      """
      SELECT concat_ws('|', 'unbalanced', request_id) FROM wallet.wallet_ledger WHERE brand_id = \(brand) GROUP BY request_id
      HAVING sum(amount) <> 0
      """,
      """
      SELECT concat_ws('|', 'wrong hash', l.seq) FROM wallet.wallet_ledger AS l WHERE l.brand_id = \(brand) AND l.row_hash <>
        wallet.ledger_entry_hash(l.brand_id, l.seq, l.prev_hash, l.request_id, l.command, l.transaction_id, l.player_id, l.account,
          l.currency, l.amount, l.balance_after, l.created_at)
      """,
      """
      SELECT concat_ws('|', 'broken link', c.seq) FROM (
        SELECT seq, prev_hash, lag(row_hash) OVER follows AS before, lag(seq) OVER follows AS seq_before
        FROM wallet.wallet_ledger WHERE brand_id = \(brand) WINDOW follows AS (ORDER BY seq)) AS c
      WHERE c.prev_hash <> coalesce(c.before, decode(repeat('00', 32), 'hex')) OR c.seq <> coalesce(c.seq_before, 0) + 1
      """,
      """
      SELECT concat_ws('|', 'head', h.seq) FROM wallet.wallet_chain AS h WHERE h.brand_id = \(brand) AND h.seq > 0 AND NOT EXISTS (
        SELECT FROM wallet.wallet_ledger AS l WHERE l.brand_id = h.brand_id AND l.seq = h.seq AND l.row_hash = h.row_hash)
      """,
      "SELECT concat_ws('|', 'difference', player_id, bucket, difference) FROM wallet.v_bucket_difference WHERE brand_id = \(brand)",
    ]
  }

  private static func lines(_ model: ModelBooks, _ bodies: [String: [UInt8]]) -> [String] {
    var lines: [String] = []
    for (player, held) in model.balances {
      lines += held.filter { $0.value != 0 }.map { "balance|\(player)|\($0.key)|\($0.value)" }
    }
    lines += model.transactions.values.map(line)
    lines += model.tombstones.map { "tombstone|\($0.provider)|\($0.reference)" }
    for (key, kept) in model.kept {
      let name = kept.command.action.name.rawValue
      let status =
        switch kept.answer {
        case .accepted(let status, _): status
        case .refused(let refusal): refusal.status
        }
      lines.append("command|\(key)|\(name)|\(kept.command.player)|\(status)|\(Hexadecimal.encode(bodies[key] ?? []))")
      if case .accepted = kept.answer { lines.append("event|\(key)|wallet.\(name)") }
    }
    for (key, postings) in model.postings {
      let net = postings.reduce(into: [String: Int64]()) { $0["\($1.player ?? 0)|\($1.account)", default: 0] += $1.amount }
      lines += net.filter { $0.value != 0 }.map { "ledger|\(key)|\($0.key)|\($0.value)" }
    }
    return lines
  }

  private static func line(_ held: ModelTransaction) -> String {
    let fields = [
      "transaction", held.identity.id, "\(held.player)", held.kind, held.state, "\(held.amount)", "\(held.settled)", held.provider ?? "-",
      held.reference ?? "-", held.round ?? "-", "\(held.requirement ?? -1)",
    ]
    let parts = held.parts.map(\.bucket).joined(separator: ",") + " " + held.parts.map { "\($0.amount)" }.joined(separator: ",")
    return (held.kind == "adjust" ? fields : fields + [parts]).joined(separator: "|")
  }
}
