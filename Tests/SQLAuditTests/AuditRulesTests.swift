import SQLAudit
import Testing

// brand-global: test: statements that are judged, never run
@Suite("The audit's rules")
struct AuditRulesTests {
  @Test(
    "what isn't clear is FIX (S0-CLS-04)",
    arguments: [
      "SELECT 1 FROM cordon.player, wallet.wallet_balance WHERE brand_id = 1",
      "SELECT 1 FROM cordon.player WHERE brand_id = some_function(1)",
      "SELECT 1 FROM cordon.player WHERE coalesce(brand_id, 1) = 1",
      "SELECT 1 FROM cordon.nobody_knows_it",
      "SELECT 1 FROM cordon.player AS p FULL JOIN wallet.wallet_balance AS b ON b.brand_id = 1 AND p.brand_id = 1",
    ])
  func ambiguous(_ sql: String) {
    let sightings = Bench.asked(sql)
    #expect(Bench.classes(sightings) == [.fix], "\(sightings)")
  }

  @Test(
    "a marker with a reason excuses a statement, in the comment syntax of each language (S0-CLS-06)",
    arguments: [
      ("Sources/A.swift", "// brand-global: %\nlet sql: SQL = \"SELECT 1 FROM cordon.player\""),
      ("Sources/A.swift", "let sql: SQL = \"SELECT 1 FROM cordon.player\"  // brand-global: %"),
      ("Sources/A.swift", "let sql: SQL = \"\"\"\n-- brand-global: %\nSELECT 1 FROM cordon.player\n\"\"\""),
      ("db/migrations/0099_a.sql", "-- brand-global: %\nSELECT 1 FROM cordon.player;"),
      ("db/migrations/0099_a.sql", "DO $$\nBEGIN\n  -- brand-global: %\n  PERFORM 1 FROM cordon.player;\nEND\n$$;"),
      ("scripts/a", "#!/bin/bash\n# brand-global: %\npsql -c 'SELECT 1 FROM cordon.player'"),
    ])
  func marker(path: String, source: String) {
    func judged(_ reason: String) -> [Sighting] {
      Bench.sightings(source.split(separator: "%", omittingEmptySubsequences: false).joined(separator: reason), at: path)
    }
    let marked = judged("scheduled task: the worker asks every brand")
    #expect(marked.map(\.auditClass) == [.intentional], "\(marked)")
    #expect(marked.map(\.category) == ["scheduled task"])
    #expect(marked.map(\.reason) == ["scheduled task: the worker asks every brand"])
    #expect(Bench.classes(judged("")) == [.fix])
    #expect(Bench.classes(judged(" . ")) == [.fix])
  }

  @Test("a marker excuses the statement that it stands at and no other; in tests it may stand above a declaration (S0-CLS-06)")
  func reach() {
    let two = """
      // brand-global: other: the first
      let a: SQL = "SELECT 1 FROM cordon.player"
      let b: SQL = "SELECT 2 FROM cordon.player"
      // brand-global: other: one for a list of two
      let c: [SQL] = ["SELECT 3 FROM cordon.player", "SELECT 4 FROM cordon.player"]
      """
    #expect(Bench.sightings(two).map(\.auditClass) == [.intentional, .fix, .fix, .fix])
    let declared = """
      /// A suite.
      // brand-global: test: it prepares leaks
      @Suite("Leaks")
      struct Leaks {
        func leak() { run("DELETE FROM cordon.player") }
      }
      """
    #expect(Bench.classes(Bench.sightings(declared)) == [.fix])
    #expect(Bench.classes(Bench.sightings(declared, at: "Tests/A/LeakTests.swift")) == [.intentional])
  }

  @Test("admin_stat_acc and admin_stat_day are truly brand-global, and nothing else is (S0-CLS-07)")
  func globalTables() {
    for table in ["admin_stat_acc", "cordon.admin_stat_day"] {
      #expect(Bench.asked("SELECT total FROM \(table)").map(\.auditClass) == [.ok])
      #expect(Bench.asked("UPDATE \(table) SET total = 0").map(\.auditClass) == [.ok])
    }
    #expect(Bench.asked("SELECT total FROM admin_stat_month").map(\.auditClass) == [.fix])
  }

  @Test("a message of shooter_sms may be without a brand, a row of any other table may not (S0-CLS-08)")
  func nullableByDesign() {
    #expect(BrandInventory.brandNullableByDesign == ["shooter_sms"])
    for columns in ["(brand_id, body) VALUES (NULL, 'x')", "(body) VALUES ('x')"] {
      #expect(Bench.asked("INSERT INTO cordon.shooter_sms \(columns)").map(\.auditClass) == [.ok])
      #expect(Bench.asked("INSERT INTO cordon.player \(columns)").map(\.auditClass) == [.fix])
    }
  }

  @Test("SQL in comments and in regular expressions is no SQL (S0-CLS-09, S0-HARD-30)")
  func mentions() {
    let source = #"""
      /// Writes INSERT INTO cordon.player (account) VALUES ('x').
      /** SELECT 1 FROM cordon.player; /* DELETE FROM cordon.player */ "UPDATE cordon.player SET a = 1" */
      func find() {
        // "DELETE FROM cordon.player"
        let insert = /INSERT INTO cordon.player \(account\) VALUES "SELECT 1 FROM cordon.player"/
        let other = #/ "DELETE FROM cordon.player" /#
        let half = a / b; let quarter = half / 2
      }
      """#
    #expect(Bench.sightings(source) == [])
    #expect(Bench.sightings("-- DELETE FROM cordon.player\nSELECT 1;", at: "db/migrations/0099_a.sql") == [])
    #expect(Bench.sightings("#!/bin/sh\n# psql -c 'DELETE FROM cordon.player'\n", at: "scripts/a") == [])
  }

  @Test("builders and templates are FIX-DYNAMIC (S0-CLS-10)")
  func dynamic() {
    let builder = #"""
      var conditions: [String] = []
      var sql = "SELECT * FROM cordon.player_login WHERE 1=1"
      conditions.append("brand_id = \(brand)")
      """#
    #expect(Bench.classes(Bench.sightings(builder)) == [.fixDynamic])
    #expect(Bench.classes(Bench.sightings(#"let sql = "SELECT account FROM \(table) WHERE \(filter)""#)) == [.fixDynamic])
    // A table from code, held to a brand in the text itself, is as good as any.
    #expect(Bench.classes(Bench.asked(#"SELECT account FROM \(unsafe: table) WHERE brand_id = \(brand)"#)) == [.ok])
  }

  @Test("vendor code is OOS-LEGACY, and categories add up to their class (S0-CLS-11)")
  func categories() {
    let leak = "let sql: SQL = \"SELECT 1 FROM cordon.player\""
    let files = [
      AuditFile(path: "Sources/vendor/lib/A.swift", text: leak), AuditFile(path: "benchmarks/.venv/lib/B.swift", text: leak),
      AuditFile(path: "Tests/site-packages/C.swift", text: leak),
      AuditFile(path: "Sources/D.swift", text: "// brand-global: resolver helper: it finds the brand\n" + leak),
      AuditFile(path: "Sources/E.swift", text: "// brand-global: admin view across brands: operators of all\n" + leak),
      AuditFile(path: "Sources/F.swift", text: "// brand-global: scheduled task: nightly\n" + leak),
      AuditFile(path: "Sources/G.swift", text: "let sql: SQL = \"SELECT name FROM cordon.brand\""),
    ]
    let report = AuditReport(scope: .readsAndWrites, tables: 1, sightings: SourceAudit.sightings(in: files, Bench.inventory))
    #expect(report.isClean)
    #expect(report.categories(.legacy).map(\.count).reduce(0, +) == report.count(.legacy))
    #expect(report.count(.legacy) == 3)
    #expect(
      report.categories(.intentional).map(\.category) == [
        "admin view across brands", "brand-global table", "resolver helper", "scheduled task",
      ])
    #expect(report.categories(.intentional).map(\.count).reduce(0, +) == report.count(.intentional))
    for line in ["OOS-LEGACY=3", "OOS-INTENTIONAL=4", "  vendor code in .venv=1", "  resolver helper=1"] {
      #expect(report.text.contains(line + "\n") || report.text.contains(line + " ("), "\(line)")
    }
  }

  @Test("raw text, builders, and tables with and without their schema are all seen (S0-CLS-15)")
  func forms() {
    let forms = [
      "let a: SQL = \"INSERT INTO player_login (host) VALUES ('h')\"",
      "let b: SQL = \"INSERT INTO cordon.player_login (host) VALUES ('h')\"",
      "try await table.insert(into: \"player_login\", [\"host\": host])", "insert(into: \"cordon.player_login\").values(host)",
    ]
    for form in forms { #expect(Bench.sightings(form).map(\.auditClass) == [.fix], "\(form)") }
    #expect(Bench.sightings(forms[2]).map(\.style) == [.built])
    #expect(Bench.sightings("insert(into: \"player_login\", [\"brand_id\": brand, \"host\": host])").map(\.auditClass) == [.ok])
  }

  @Test("a reason that stands beside the files counts for one line of one file")
  func settled() {
    let leak = "SELECT 1 FROM cordon.player;\nSELECT 2 FROM cordon.player;\n"
    let settled = SettledMarkers("# comment\ndb/migrations/0001_a.sql:2 migration: it is applied\n")
    let sightings = SourceAudit.sightings(in: [AuditFile(path: "db/migrations/0001_a.sql", text: leak)], Bench.inventory, settled)
    #expect(sightings.map(\.auditClass) == [.fix, .intentional])
  }

  @Test("a place is the line of the statement, in literals over several lines too")
  func places() {
    let source = "let a = 1\nlet sql = \"\"\"\n  SELECT 1;\n  DELETE FROM cordon.player;\n  \"\"\"\n"
    #expect(Bench.sightings(source).map(\.line) == [4])
    let function = "\nCREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$\nBEGIN\n\n  DELETE FROM cordon.player;\nEND\n$$;\n"
    #expect(Bench.sightings(function, at: "db/migrations/0099_f.sql").map(\.line) == [5])
  }

  @Test("a source that is cut off anywhere, or is no source at all, is read to its end", arguments: PlantedLeak.all)
  func cutOff(_ leak: PlantedLeak) {
    for length in leak.source.indices.map({ leak.source[..<$0] }) + [leak.source[...]] {
      for path in ["Sources/A.swift", "db/migrations/0099_a.sql", "scripts/a.sh"] {
        let sightings = Bench.sightings(String(length), at: path)
        #expect(sightings.allSatisfy { $0.line >= 1 })
      }
    }
    #expect(Bench.sightings("))]]}}\"\"\"\\(\\(", at: "Sources/A.swift") == [])
    #expect(Bench.sightings("\u{0}\u{1F600} \"SELECT \u{1F600}", at: "Sources/A.swift") == [])
  }
}
