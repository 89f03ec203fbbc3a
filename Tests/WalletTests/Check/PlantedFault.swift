import Testing

/// One way to falsify a brand's money, and what must be said about it.
struct PlantedFault: Sendable, CustomTestStringConvertible {
  let name: String
  let sql: String
  /// `kind subject` of findings that must be among those that are made.
  let found: [String]

  var testDescription: String { name }

  private static let zeros = "decode(repeat('00', 32), 'hex')"
  private static let ledger = "wallet.wallet_ledger"
  private static let hash = """
    wallet.ledger_entry_hash(brand_id, seq, prev_hash, request_id, command, transaction_id, player_id, account, currency, amount,
      balance_after, created_at)
    """

  /// Each is planted after ``CheckBench/play()``.
  static let all: [PlantedFault] = [
    PlantedFault(
      name: "an amount was changed", sql: "UPDATE \(ledger) SET amount = amount + 1 WHERE brand_id = 1 AND seq = 4",
      found: [
        "entry_changed entry 4", "unbalanced request alice-1 EUR", "running_balance entry 4", "bucket_difference player 1 bucket cash EUR",
      ]),
    PlantedFault(
      name: "amounts of a command were changed together",
      sql: """
        UPDATE \(ledger) SET amount = amount + CASE seq WHEN 3 THEN 1 ELSE -1 END, balance_after = balance_after + 1
        WHERE brand_id = 1 AND seq IN (3, 4)
        """,
      found: ["entry_changed entry 3", "entry_changed entry 4", "bucket_difference player 1 bucket cash EUR"]),
    PlantedFault(
      name: "a row was deleted", sql: "DELETE FROM \(ledger) WHERE brand_id = 1 AND seq = 5",
      found: ["entry_missing entry 5", "unbalanced request bet-b1 EUR", "bucket_difference player 1 bucket cash EUR"]),
    PlantedFault(
      name: "a whole command was deleted", sql: "DELETE FROM \(ledger) WHERE brand_id = 1 AND request_id = 'alice-1'",
      found: ["entry_missing entry 3", "bucket_difference player 1 bucket cash EUR"]),
    PlantedFault(
      name: "the last command was deleted", sql: "DELETE FROM \(ledger) WHERE brand_id = 1 AND seq > 10",
      found: ["head_mismatch the chain's head", "bucket_difference player 1 bucket cash EUR"]),
    PlantedFault(
      name: "a balance was changed", sql: "UPDATE wallet.wallet_balance SET balance = balance + 5 WHERE brand_id = 1 AND player_id = 2",
      found: ["bucket_difference player 2 bucket cash EUR"]),
    PlantedFault(
      name: "a balance was deleted", sql: "DELETE FROM wallet.wallet_balance WHERE brand_id = 1 AND player_id = 2",
      found: ["bucket_difference player 2 bucket cash EUR"]),
    PlantedFault(
      name: "a balance was invented",
      sql: "INSERT INTO wallet.wallet_balance (brand_id, player_id, bucket, currency, balance) VALUES (1, 2, 'bonus', 'EUR', 1)",
      found: ["bucket_difference player 2 bucket bonus EUR"]),
    PlantedFault(
      name: "two rows were swapped",
      sql: """
        UPDATE \(ledger) SET seq = seq + 1000 WHERE brand_id = 1 AND seq IN (3, 7);
        UPDATE \(ledger) SET seq = 1010 - seq WHERE brand_id = 1 AND seq IN (1003, 1007)
        """,
      found: ["chain_broken entry 3", "chain_broken entry 7"]),
    PlantedFault(
      name: "a hash was forged for a changed row",
      sql: """
        UPDATE \(ledger) SET request_id = request_id || 'x' WHERE brand_id = 1 AND seq = 3;
        UPDATE \(ledger) SET row_hash = \(hash) WHERE brand_id = 1 AND seq = 3
        """,
      found: ["chain_broken entry 4", "unbalanced request alice-1x EUR"]),
    PlantedFault(
      name: "a link was cut", sql: "UPDATE \(ledger) SET prev_hash = \(zeros) WHERE brand_id = 1 AND seq = 6",
      found: ["chain_broken entry 6"]),
    PlantedFault(
      name: "a running balance was changed", sql: "UPDATE \(ledger) SET balance_after = 1 WHERE brand_id = 1 AND seq = 5",
      found: ["entry_changed entry 5", "running_balance entry 5"]),
    PlantedFault(
      name: "the head was moved", sql: "UPDATE wallet.wallet_chain SET row_hash = \(zeros) WHERE brand_id = 1",
      found: ["head_mismatch the chain's head"]),
  ]

  /// Everything from entry 3 on written anew, each hash right and the head moved: only who has seen the old hashes can tell.
  static let rewritten = """
    DO $do$
    DECLARE entry record; head bytea;
    BEGIN
      UPDATE \(ledger) SET command = 'adjust' WHERE brand_id = 1 AND seq IN (3, 4);
      SELECT row_hash INTO head FROM \(ledger) WHERE brand_id = 1 AND seq = 2;
      FOR entry IN SELECT seq FROM \(ledger) WHERE brand_id = 1 AND seq > 2 ORDER BY seq LOOP
        UPDATE \(ledger) SET prev_hash = head WHERE brand_id = 1 AND seq = entry.seq;
        UPDATE \(ledger) SET row_hash = \(hash) WHERE brand_id = 1 AND seq = entry.seq RETURNING row_hash INTO head;
      END LOOP;
      UPDATE wallet.wallet_chain SET row_hash = head WHERE brand_id = 1;
    END $do$
    """
}
