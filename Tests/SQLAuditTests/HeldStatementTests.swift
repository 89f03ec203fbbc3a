import SQLAudit
import Testing

/// What the audit must not complain about: else markers lose their meaning.
// brand-global: test: statements that are judged, never run
@Suite("Statements that a brand holds")
struct HeldStatementTests {
  @Test(
    "each way of holding a statement to a brand is known",
    arguments: [
      "SELECT account FROM cordon.player WHERE brand_id = \\(brand) AND player_id = 7",
      "SELECT account FROM player AS p WHERE p.brand_id = 1",
      "SELECT account FROM cordon.player WHERE (brand_id, player_id) = (\\(brand), \\(id))",
      "SELECT account FROM cordon.player WHERE brand_id = ANY(\\(brands)::bigint[])",
      "SELECT account FROM cordon.player WHERE brand_id IN (1, 2)",
      "SELECT account FROM cordon.player WHERE brand_id = cordon.current_brand_id()",
      "SELECT account FROM cordon.player WHERE brand_id = (SELECT cordon.current_brand_id())",
      "SELECT account FROM cordon.player WHERE brand_id = current_setting('app.brand_id')::bigint",
      "SELECT 1 FROM cordon.player WHERE brand_id = (SELECT brand_id FROM cordon.brand WHERE brand_code = \\(code))",
      "SELECT 1 FROM cordon.player WHERE (brand_id = 1 AND account = 'a') OR (brand_id = 2 AND account = 'b')",
      "SELECT 1 FROM cordon.player AS p JOIN wallet.wallet_balance AS b USING (brand_id, player_id) WHERE brand_id = \\(brand)",
      "SELECT 1 FROM cordon.player AS p LEFT JOIN wallet.wallet_balance AS b ON b.brand_id = p.brand_id WHERE p.brand_id = \\(brand)",
      "SELECT 1 FROM cordon.brand AS b JOIN cordon.player AS p ON p.brand_id = b.brand_id WHERE b.brand_id = \\(brand)",
      "SELECT 1 FROM unnest(\\(b)::bigint[], \\(p)::bigint[]) AS k (brand_id, id) JOIN cordon.player AS p ON (p.brand_id, p.player_id) = (k.brand_id, k.id)",
      "SELECT 1 FROM (VALUES (1, 7)) AS k (brand_id, id) JOIN cordon.player AS p ON p.brand_id = k.brand_id",
      "WITH own AS (SELECT * FROM cordon.player WHERE brand_id = \\(brand)) SELECT 1 FROM own JOIN wallet.wallet_balance AS b USING (brand_id)",
      "WITH x AS (SELECT \\(brand)::bigint AS brand) SELECT 1 FROM cordon.player AS p, x WHERE p.brand_id = x.brand",
      "SELECT 1 FROM cordon.player AS p WHERE p.brand_id = 1 AND EXISTS (SELECT FROM wallet.wallet_balance AS b WHERE b.brand_id = p.brand_id)",
      "SELECT 1 FROM cordon.player WHERE (brand_id, player_id) IN (SELECT brand_id, player_id FROM wallet.wallet_balance WHERE brand_id = \\(b))",
      "SELECT account FROM cordon.player WHERE brand_id = 1 UNION ALL SELECT account FROM wallet.wallet_account WHERE brand_id = 1",
      "INSERT INTO wallet.wallet_account (brand_id, account) VALUES (\\(brand), 'a') ON CONFLICT (brand_id, account) DO NOTHING",
      "INSERT INTO wallet.wallet_account (account, brand_id) SELECT n.account, \\(brand) FROM unnest(\\(names)::text[]) AS n (account)",
      "UPDATE cordon.player AS p SET status = 'x' FROM wallet.wallet_balance AS b WHERE b.brand_id = \\(brand) AND p.brand_id = b.brand_id",
      "DELETE FROM cordon.agent_domain USING cordon.agent_brand AS b WHERE agent_domain.brand_id = b.brand_id AND b.brand_id = \\(brand)",
      "SELECT (SELECT count(*) FROM cordon.player AS p WHERE p.brand_id = b.brand_id) FROM cordon.brand AS b WHERE b.brand_id = \\(brand)",
      "COPY wallet.wallet_account (brand_id, account) FROM STDIN",
    ])
  func held(_ sql: String) {
    let sightings = Bench.asked(sql)
    #expect(!sightings.isEmpty)
    #expect(sightings.filter { $0.auditClass.isFault } == [])
  }

  @Test("fragments are judged where they are spliced in, from the same file and from their neighbours")
  func fragments() {
    let constants = AuditFile(
      path: "Sources/Services/Wallet/Columns.swift", text: "enum Columns { static let held: SQL = \"brand_id = 1\" }")
    let asked = AuditFile(
      path: "Sources/Services/Wallet/Store.swift",
      text: #"""
        static let columns: SQL = "account, status"
        func source(_ brand: BrandID) -> SQL { "FROM cordon.player WHERE brand_id = \(brand)" }
        let one = try await transaction.query("SELECT \(Self.columns) \(source(brand)) LIMIT 1")
        let two = try await transaction.query("SELECT account FROM cordon.player WHERE \(Columns.held)")
        let three = try await transaction.query("SELECT account FROM cordon.player " + "WHERE brand_id = 1")
        """#)
    let sightings = SourceAudit.sightings(in: [constants, asked], Bench.inventory)
    #expect(sightings.count == 3)
    #expect(Bench.classes(sightings) == [.ok])
  }

  @Test("what the callers of a private function hand over is judged in its place")
  func arguments() {
    let source = #"""
      func one() { if x { return .read(name) }
        read(1, where: "account = \(name)") }
      func two() { pass(#FILTER#) }
      private func pass(_ filter: SQL) { read(2, where: filter) }
      private func read(_ limit: Int, where condition: SQL) {
        query("SELECT 1 FROM cordon.player WHERE brand_id = \(brand) AND \(condition)")
      }
      """#
    func judged(_ filter: String) -> [Sighting] { Bench.sightings(source.replacing("#FILTER#", with: filter)) }
    #expect(judged("\"status = 'x'\"").map(\.auditClass) == [.ok])
    #expect(judged("\"status = 'x' OR true\"").contains { $0.auditClass == .fixDynamic })
    #expect(judged("\"id IN (SELECT player_id FROM wallet.wallet_balance)\"").contains { $0.auditClass == .fix })
    #expect(judged("somebody").map(\.auditClass) == [.fixDynamic])
    // What anybody may call, anybody may hand anything to.
    #expect(Bench.classes(Bench.sightings(source.replacing("private ", with: ""))) == [.fixDynamic])
  }

  @Test("rows that a trigger's statement wrote hold what is joined with them")
  func transitionTables() {
    let function = """
      CREATE FUNCTION wallet.f() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM 1 FROM entered AS e JOIN wallet.wallet_chain AS c ON c.brand_id = e.brand_id;
        UPDATE wallet.wallet_chain SET seq = NEW.seq WHERE brand_id = NEW.brand_id;
        RETURN NULL;
      END
      $$;
      """
    let sightings = Bench.sightings(function, at: "db/migrations/0099_f.sql")
    #expect(sightings.count == 2)
    #expect(Bench.classes(sightings) == [.ok])
  }

  @Test("the platform's own tables are listed by name")
  func platformTables() {
    let sightings = Bench.asked("SELECT name FROM cordon.brand")
    #expect(sightings.map(\.auditClass) == [.intentional])
    #expect(sightings.map(\.category) == ["brand-global table"])
    #expect(Bench.asked("SELECT name FROM cordon.agent") == [])
  }
}
