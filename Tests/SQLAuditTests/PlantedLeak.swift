import SQLAudit
import Testing

/// A source that lets one brand reach another's rows, and what the audit must say of it.
// brand-global: test: the leaks that the audit must find
struct PlantedLeak: CustomTestStringConvertible {
  let name: String
  let source: String
  var path = "Sources/Services/Wallet/Planted.swift"
  let kind: StatementKind
  var auditClass = AuditClass.fix

  var testDescription: String { name }

  static let all: [PlantedLeak] = [
    PlantedLeak(
      name: "a SELECT without the brand",
      source: #"try await transaction.query("SELECT account FROM cordon.player WHERE player_id = \(id)")"#,
      kind: .select),
    PlantedLeak(
      name: "an UPDATE without the brand",
      source: #"try await transaction.execute("UPDATE wallet.wallet_balance SET balance = 0 WHERE player_id = \(id)")"#, kind: .update),
    PlantedLeak(
      name: "a DELETE without the brand", source: #"try await transaction.execute("DELETE FROM cordon.agent_domain WHERE host = \(host)")"#,
      kind: .delete),
    PlantedLeak(
      name: "an INSERT without the brand",
      source: #"try await transaction.execute("INSERT INTO wallet.wallet_account (account) VALUES (\(name))")"#, kind: .insert),
    PlantedLeak(
      name: "an INSERT without a list of columns",
      source: #"let sql: SQL = "INSERT INTO wallet.wallet_account VALUES (\(brand), \(name))""#,
      kind: .insert),
    PlantedLeak(
      name: "an INSERT that writes NULL for the brand",
      source: #"let sql: SQL = "INSERT INTO wallet.wallet_account (brand_id, account) VALUES (NULL, \(name))""#, kind: .insert),
    PlantedLeak(
      name: "an INSERT from a SELECT that reads every brand",
      source:
        #"let sql: SQL = "INSERT INTO wallet.wallet_account (brand_id, account) SELECT \(brand), account FROM cordon.player""#,
      kind: .select),
    PlantedLeak(
      name: "an upsert whose key is everybody's",
      source:
        #"let sql: SQL = "INSERT INTO cordon.player (brand_id, account) VALUES (\(brand), \(account)) ON CONFLICT (account) DO UPDATE SET account = excluded.account""#,
      kind: .insert),
    PlantedLeak(
      name: "a table that is named without its schema", source: #"let sql: SQL = "select * from player where player_id = \(id)""#,
      kind: .select),
    PlantedLeak(
      name: "a join that forgets the brand of its second table",
      source: #"""
        let sql: SQL = """
          SELECT b.balance FROM cordon.player AS p JOIN wallet.wallet_balance AS b ON b.player_id = p.player_id
          WHERE p.brand_id = \(brand)
          """
        """#, kind: .select),
    PlantedLeak(
      name: "a brand in the condition of an outer join, which keeps the rows that fail it",
      source: #"""
        let sql: SQL = """
          SELECT p.account FROM cordon.player AS p
          LEFT JOIN wallet.wallet_balance AS b ON b.brand_id = p.brand_id AND p.brand_id = \(brand)
          """
        """#, kind: .select),
    PlantedLeak(
      name: "two tables tied to one another and to no brand",
      source: #"""
        let sql: SQL = "SELECT 1 FROM cordon.player AS p JOIN wallet.wallet_balance AS b USING (brand_id, player_id)"
        """#, kind: .select),
    PlantedLeak(
      name: "a brand that is only compared when there is one",
      source: #"let sql: SQL = "SELECT 1 FROM cordon.player WHERE (\(brand)::bigint IS NULL OR brand_id = \(brand))""#, kind: .select),
    PlantedLeak(
      name: "a brand that falls back to the row's own",
      source: #"let sql: SQL = "SELECT 1 FROM cordon.player WHERE brand_id = coalesce(\(brand), brand_id)""#, kind: .select),
    PlantedLeak(
      name: "a brand beside an OR", source: #"let sql: SQL = "SELECT 1 FROM cordon.player WHERE brand_id = \(brand) OR account = \(name)""#,
      kind: .select),
    PlantedLeak(
      name: "every brand but one", source: #"let sql: SQL = "SELECT 1 FROM cordon.player WHERE NOT brand_id = \(brand)""#, kind: .select),
    PlantedLeak(
      name: "a brand that is a range", source: #"let sql: SQL = "SELECT 1 FROM cordon.player WHERE brand_id >= \(brand)""#, kind: .select),
    PlantedLeak(
      name: "all brands of the catalogue",
      source: #"let sql: SQL = "SELECT 1 FROM cordon.player WHERE brand_id IN (SELECT brand_id FROM cordon.brand)""#, kind: .select),
    PlantedLeak(
      name: "a sub-select within a condition",
      source: #"""
        let sql: SQL = """
          SELECT 1 FROM cordon.agent AS a
          WHERE EXISTS (SELECT FROM cordon.agent_brand AS b WHERE b.agent_id = a.agent_id)
          """
        """#, kind: .select),
    PlantedLeak(
      name: "a sub-select whose condition compares a column with itself",
      source: #"""
        let sql: SQL = """
          SELECT (SELECT sum(w.balance) FROM wallet.wallet_balance AS w WHERE w.brand_id = brand_id)
          FROM cordon.player AS p WHERE p.brand_id = \(brand)
          """
        """#, kind: .select),
    PlantedLeak(
      name: "a CTE that reads every brand, filtered afterwards",
      source: #"""
        let sql: SQL = """
          WITH sums AS (SELECT player_id, sum(balance) AS total FROM wallet.wallet_balance GROUP BY player_id)
          SELECT s.total FROM sums AS s JOIN cordon.player AS p USING (player_id) WHERE p.brand_id = \(brand)
          """
        """#, kind: .select),
    PlantedLeak(
      name: "the second half of a UNION",
      source: #"""
        let sql: SQL = """
          SELECT account FROM cordon.player WHERE brand_id = \(brand)
          UNION ALL SELECT account FROM wallet.wallet_account
          """
        """#, kind: .select),
    PlantedLeak(
      name: "a write within a CTE",
      source: #"""
        let sql: SQL = "WITH gone AS (DELETE FROM cordon.brand_config WHERE key = \(key) RETURNING key) SELECT count(*) FROM gone"
        """#, kind: .delete),
    PlantedLeak(
      name: "rows that move to another brand",
      source: #"let sql: SQL = "UPDATE cordon.player SET brand_id = \(other) WHERE brand_id = \(brand)""#, kind: .update),
    PlantedLeak(
      name: "a MERGE on a key that is everybody's",
      source: #"""
        let sql: SQL = """
          MERGE INTO cordon.brand_config AS c USING (SELECT \(key) AS key) AS n ON c.key = n.key
          WHEN MATCHED THEN UPDATE SET value = '1'
          """
        """#, kind: .update),
    PlantedLeak(name: "a COPY of a whole table", source: #"let sql = "COPY cordon.player TO STDOUT""#, kind: .select),
    PlantedLeak(name: "a TRUNCATE", source: #"let sql = "TRUNCATE wallet.wallet_outbox""#, kind: .delete),
    PlantedLeak(
      name: "a view that reads brands' tables",
      source: #"let sql: SQL = "SELECT * FROM cordon.player_deposit WHERE player_id = \(id)""#, kind: .select),
    PlantedLeak(
      name: "a table that nobody knows", source: #"let sql: SQL = "SELECT * FROM cordon.new_table WHERE id = \(id)""#, kind: .select),
    PlantedLeak(
      name: "a second statement in one text",
      source: #"let sql = "UPDATE cordon.player SET status = 'x' WHERE brand_id = 1; DELETE FROM cordon.player_login""#, kind: .delete),
    PlantedLeak(
      name: "a raw literal in lower case, through a variable",
      source: ##"""
        let text = #"select balance from wallet.wallet_balance where bucket = 'cash'"#
        try await run(text)
        """##, kind: .select),
    PlantedLeak(
      name: "a builder that begins with WHERE 1=1",
      source: #"""
        var conditions: [String] = []
        var sql = "SELECT * FROM cordon.player_login WHERE 1=1"
        if let brand { conditions.append("brand_id = \(brand)") }
        """#, kind: .select, auditClass: .fixDynamic),
    PlantedLeak(
      name: "a template of table and condition", source: #"let sql = "SELECT account FROM \(table) WHERE \(filter)""#, kind: .select,
      auditClass: .fixDynamic),
    PlantedLeak(
      name: "a template of table alone", source: #"let sql: SQL = "SELECT account FROM \(unsafe: table) WHERE id = \(id)""#, kind: .select,
      auditClass: .fixDynamic),
    PlantedLeak(
      name: "text of a caller behind the brand",
      source: #"""
        func read(_ filter: SQL) async throws -> Rows {
          try await transaction.query("SELECT account FROM cordon.player WHERE brand_id = \(brand) AND \(filter)")
        }
        """#, kind: .select, auditClass: .fixDynamic),
    PlantedLeak(
      name: "text that is added behind the brand", source: #"let sql = "SELECT account FROM cordon.player WHERE brand_id = 1" + filter"#,
      kind: .select, auditClass: .fixDynamic),
    PlantedLeak(
      name: "a piece of a statement that no parser can read by itself",
      source: #"sql += " LEFT JOIN wallet.wallet_balance ON true""#, kind: .select, auditClass: .fixDynamic),
    PlantedLeak(
      name: "pieces that are joined, without a schema", source: #"let sql = ["SELECT *", "FROM player"].joined(separator: " ")"#,
      kind: .select,
      auditClass: .fixDynamic),
    PlantedLeak(
      name: "each brand of the catalogue in turn",
      source: #"""
        let sql: SQL = "SELECT (SELECT count(*) FROM cordon.player AS p WHERE p.brand_id = b.brand_id) FROM cordon.brand AS b"
        """#, kind: .select),
    PlantedLeak(
      name: "a brand that is the row's own, through a sub-select",
      source: #"let sql: SQL = "SELECT 1 FROM cordon.player AS p WHERE p.brand_id = (SELECT p.brand_id)""#, kind: .select),
    PlantedLeak(
      name: "one of two alternatives of a fragment",
      source: #"""
        let filter: SQL = if let brand { "brand_id = \(brand)" } else { "account = \(name)" }
        return try await transaction.query("SELECT 1 FROM cordon.player WHERE \(filter)")
        """#, kind: .select),
    PlantedLeak(
      name: "a literal within an interpolation",
      source: #"log("\(try await transaction.query("SELECT account FROM cordon.player"))")"#, kind: .select),
    PlantedLeak(
      name: "a function of a migration",
      source: """
        CREATE FUNCTION cordon.total() RETURNS bigint LANGUAGE plpgsql AS $$
        BEGIN
          RETURN (SELECT sum(balance) FROM wallet.wallet_balance);
        END
        $$;
        """, path: "db/migrations/0099_total.sql", kind: .select),
    PlantedLeak(
      name: "a function in SQL",
      source: "CREATE FUNCTION cordon.wipe() RETURNS void LANGUAGE sql AS 'UPDATE cordon.player SET status = ''x''';",
      path: "db/migrations/0099_wipe.sql", kind: .update),
    PlantedLeak(
      name: "a function whose body is parsed",
      source: "CREATE FUNCTION cordon.f(who bigint) RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM cordon.player; END;",
      path: "db/migrations/0099_atomic.sql", kind: .select),
    PlantedLeak(
      name: "an EXECUTE of a text that is put together",
      source: "DO $$ BEGIN EXECUTE format('DELETE FROM %I', 'cordon.' || 'player'); END $$;", path: "db/migrations/0099_execute.sql",
      kind: .delete, auditClass: .fixDynamic),
    PlantedLeak(
      name: "a shell script", source: "#!/bin/bash\npsql \"$url\" -c \"SELECT account FROM cordon.player WHERE player_id = $1\"\n",
      path: "scripts/look", kind: .select),
    PlantedLeak(
      name: "a here-document of a shell script",
      source: "#!/bin/bash\npsql \"$url\" <<SQL\nUPDATE cordon.player SET status = 'closed' WHERE account = '$1';\nSQL\n",
      path: "scripts/close",
      kind: .update),
    PlantedLeak(
      name: "a recipe of the Makefile", source: "tidy:\n\tpsql $(URL) -c 'DELETE FROM wallet.wallet_outbox'\n", path: "Makefile",
      kind: .delete),
    PlantedLeak(
      name: "a call that builds an INSERT", source: #"builder.insert(into: "player_login", values: ["player_id": id, "host": host])"#,
      kind: .insert),
    PlantedLeak(
      name: "a fixture of a test", source: #"try await database.psql("UPDATE cordon.player SET status = 'closed'")"#,
      path: "Tests/WalletTests/PlantedTests.swift", kind: .update, auditClass: .fixTest),
  ]
}
