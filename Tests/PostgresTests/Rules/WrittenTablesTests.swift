import Testing

@testable import Postgres

// brand-global: test: statements that are read, never run
@Suite("Which tables a statement writes to")
struct WrittenTablesTests {
  @Test(
    "reads and locks write to none",
    arguments: [
      "SELECT a FROM wallet.wallet_ledger WHERE b = $1 FOR UPDATE", "SELECT seq FROM wallet.wallet_chain FOR NO KEY UPDATE NOWAIT",
      "SELECT 1 FROM cordon.agent FOR UPDATE OF b", "SELECT updated_at, deleted, insert_count FROM t", "",
    ])
  func none(_ text: String) { #expect(WrittenTables.names(in: text) == []) }

  @Test("every form of a write names its table without the schema, each table once")
  func writes() {
    let cases: [(String, [String])] = [
      ("INSERT INTO wallet.wallet_ledger (a) VALUES ($1)", ["wallet_ledger"]), ("insert into t(a) values (1)", ["t"]),
      ("INSERT INTO cordon.agent_brand (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET b = excluded.b", ["agent_brand"]),
      ("UPDATE wallet.wallet_transaction AS t SET a = n.a FROM unnest($1) AS n", ["wallet_transaction"]),
      ("UPDATE ONLY \"cordon\".\"player\" SET a = 1", ["player"]), ("DELETE FROM cordon.global_var WHERE key = $1", ["global_var"]),
      ("DELETE FROM ONLY cordon.x;", ["x"]), ("TRUNCATE TABLE a.b", ["b"]), ("TRUNCATE b", ["b"]),
      ("MERGE INTO a.b AS t USING c ON true WHEN MATCHED THEN UPDATE SET d = 1", ["b"]),
      ("WITH gone AS (DELETE FROM s.one RETURNING *) INSERT INTO s.two SELECT * FROM gone", ["one", "two"]),
      ("UPDATE s.one SET a = 1 WHERE b IN (SELECT b FROM s.one FOR UPDATE) RETURNING b", ["one"]),
    ]
    for (text, tables) in cases { #expect(WrittenTables.names(in: text) == tables, "\(text)") }
  }
}
