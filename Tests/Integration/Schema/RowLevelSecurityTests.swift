internal import TestSupport
internal import Testing

// brand-global: test: it asks without a brand on purpose: the second wall must hold
@Suite("Row-level security", .serialized)
struct RowLevelSecurityTests {
  private static let missingBrand = "CB001 brand context required: set app.brand_id in this transaction"
  private static let noBrand: [SchemaProbe.Brand] = [
    .unset, .leftOver, .text("0"), .text("-1"), .text("abc"), .text(" 1"), .text("9999999999999999999"),
  ]
  /// One plan that scans the table and one that uses an index, since PostgreSQL evaluates a policy at different moments in them.
  private static let plans = [
    "SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off;",
    "SET LOCAL enable_seqscan = off;",
  ]

  @Test("every brand-scoped table has forced row-level security")
  func isForced() async throws {
    try await SchemaProbe.run { probe in
      let tables = try await probe.brandScopedTables()
      #expect(tables.contains("wallet.wallet_ledger") && tables.contains("cordon.player"))
      #expect(try await probe.rows("SELECT table_name FROM cordon.v_brand_scoped_table WHERE NOT row_security_forced") == [])
    }
  }

  @Test("a table that forgets row-level security shows up in the inventory")
  func forgottenTable() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql("CREATE TABLE wallet.forgotten (brand_id bigint PRIMARY KEY)")
      #expect(try await probe.rows("SELECT table_name FROM cordon.v_brand_scoped_table WHERE NOT row_security_forced") == ["forgotten"])
    }
  }

  @Test("without a brand, reading any brand-scoped table raises CB001 even when it is empty, whatever the plan")
  func readingRaises() async throws {
    try await SchemaProbe.run { probe in
      let tables = try await probe.brandScopedTables().filter { $0 != "cordon.shooter_sms" }
      let statements = tables.flatMap { ["SELECT count(*) FROM \($0)", "SELECT 1 FROM \($0) WHERE brand_id = 1"] }
      for brand in Self.noBrand {
        for plan in Self.plans {
          let answers = try await probe.answers(to: statements, as: .app, brand: brand, settings: plan)
          for (statement, answer) in zip(statements, answers) { #expect(answer == Self.missingBrand, "\(brand): \(statement)") }
          #expect(answers.count == statements.count)
        }
      }
    }
  }

  @Test("without a brand, writing any brand-scoped table raises CB001 even when it is empty, for its owner too", arguments: plans)
  func writingRaises(plan: String) async throws {
    try await SchemaProbe.run { probe in
      let tables = try await probe.brandScopedTables().filter { $0 != "cordon.shooter_sms" }
      let statements = tables.flatMap { ["UPDATE \($0) SET brand_id = brand_id", "DELETE FROM \($0)"] }
      let answers = try await probe.answers(to: statements, as: .owner, settings: plan)
      for (statement, answer) in zip(statements, answers) { #expect(answer == Self.missingBrand, "\(statement)") }
      #expect(answers.count == statements.count)
    }
  }

  @Test("without a brand, inserting raises CB001")
  func insertingRaises() async throws {
    try await SchemaProbe.run { probe in
      let statements = [
        "INSERT INTO cordon.player (brand_id, account, account_key, password_hash) VALUES (1, 'alice', 'alice', 'x')",
        "INSERT INTO cordon.brand_config (brand_id, key, value, updated_by) VALUES (1, 'cashback_rate', '0', 'ops')",
        "INSERT INTO wallet.wallet_account (brand_id, account) VALUES (1, 'house')",
        "INSERT INTO wallet.wallet_balance (brand_id, player_id, bucket, currency, balance) VALUES (1, 1, 'cash', 'EUR', 1)",
        "INSERT INTO cordon.agent_brand (brand_id, agent_id) VALUES (1, 1)",
      ]
      for answer in try await probe.answers(to: statements, as: .app) { #expect(answer == Self.missingBrand) }
    }
  }

  @Test("without a brand, joins, subqueries, locks, views and generic plans raise CB001 on empty tables")
  func shapesRaise() async throws {
    try await SchemaProbe.run { probe in
      let statements = [
        "SELECT * FROM cordon.brand AS b LEFT JOIN cordon.player AS p USING (brand_id)",
        "SELECT * FROM cordon.brand AS b JOIN cordon.player AS p USING (brand_id)",
        "SELECT EXISTS (SELECT FROM cordon.player)",
        "SELECT (SELECT max(balance) FROM wallet.wallet_balance)",
        "WITH p AS (SELECT * FROM cordon.player) SELECT count(*) FROM p",
        "SELECT * FROM cordon.player FOR UPDATE",
        "SELECT * FROM wallet.v_trial_balance",
        "SELECT * FROM wallet.v_bucket_difference",
        "SELECT * FROM cordon.player_deposit",
        "SELECT * FROM cordon.player_withdraw",
      ]
      for plan in Self.plans + ["SET LOCAL plan_cache_mode = force_generic_plan;"] {
        let answers = try await probe.answers(to: statements, as: .app, settings: plan)
        for (statement, answer) in zip(statements, answers) { #expect(answer == Self.missingBrand, "\(statement)") }
      }
    }
  }

  @Test("a brand sees its own rows of every table and none of another brand's, though their keys are the same")
  func readsOwn() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let tables = try await probe.brandScopedTables()
      let counts = tables.map { "SELECT '\($0)', count(*) > 0, count(*) FILTER (WHERE brand_id IS DISTINCT FROM 2) FROM \($0)" }
      let seen = try await probe.rows(counts.joined(separator: " UNION ALL ") + " ORDER BY 1", as: .app, brand: .id(2))
      #expect(seen == tables.sorted().map { "\($0)|t|0" })
    }
  }

  @Test("a brand can't change, take over or delete another brand's rows, and the owner of the tables can't either")
  func writesOwn() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let tables = try await probe.brandScopedTables()
      let statements = tables.flatMap { ["UPDATE \($0) SET brand_id = 2 WHERE brand_id = 1", "DELETE FROM \($0) WHERE brand_id = 1"] }
      let answers = try await probe.answers(to: statements, as: .owner, brand: .id(2))
      #expect(answers == Array(repeating: "accepted 0", count: statements.count))
      let left = tables.map { "SELECT 1 FROM \($0) WHERE brand_id = 1 HAVING count(*) = 0" }.joined(separator: " UNION ALL ")
      #expect(try await probe.rows(left) == [])
    }
  }

  @Test("a brand can't insert a row of another brand, nor hand one of its own over")
  func insertsOwn() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let foreign = "42501 new row violates row-level security policy for table"
      let inserted = try await probe.answer(
        to: "INSERT INTO cordon.player (brand_id, account, account_key, password_hash) VALUES (1, 'mallory', 'mallory', 'x')",
        as: .app, brand: .id(2))
      #expect(inserted == foreign + " \"player\"")
      // As the owner, because cordon_app may not even name brand_id in an UPDATE.
      let moved = try await probe.answer(to: "UPDATE wallet.wallet_balance SET brand_id = 1", as: .owner, brand: .id(2))
      #expect(moved == foreign + " \"wallet_balance\"")
      let denied = try await probe.answer(to: "UPDATE wallet.wallet_balance SET brand_id = 2", as: .app, brand: .id(2))
      #expect(denied == "42501 permission denied for table wallet_balance")
    }
  }

  @Test("the auditor and the backup read every brand without naming one, and the auditor writes nothing")
  func auditorsReadAll() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let tables = try await probe.brandScopedTables()
      let counts = tables.map { "SELECT '\($0)', count(DISTINCT brand_id) FROM \($0)" }.joined(separator: " UNION ALL ") + " ORDER BY 1"
      for role in [SchemaProbe.Role.audit, .backup] {
        #expect(try await probe.rows(counts, as: role) == tables.sorted().map { "\($0)|2" })
      }
      let writes = tables.map { "DELETE FROM \($0)" }
      for answer in try await probe.answers(to: writes, as: .audit) { #expect(answer.hasPrefix("42501 permission denied")) }
      #expect(try await probe.rows("SELECT rolbypassrls FROM pg_roles WHERE rolname = 'cordon_audit'") == ["f"])
    }
  }

  @Test("the auditor sees no password hash, token hash or ciphertext")
  func auditorSeesNoSecrets() async throws {
    try await SchemaProbe.run { probe in
      let statements = [
        "SELECT password_hash FROM cordon.player", "SELECT contact_ciphertext FROM cordon.player",
        "SELECT token_hash FROM cordon.player_refresh_token", "SELECT password_hash FROM cordon.staff",
        "SELECT number_ciphertext FROM cordon.bank_card",
      ]
      for answer in try await probe.answers(to: statements, as: .audit) { #expect(answer.hasPrefix("42501 permission denied")) }
    }
  }

  @Test("admin_audit shows a brand its own rows, and everything to a platform transaction")
  func adminAuditScope() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let insert = "INSERT INTO cordon.admin_audit (brand_id, operator_id, action, resource, resource_key) VALUES "
      #expect(try await probe.answer(to: insert + "(NULL, 'ops:alice', 'BRAND_CREATE', 'brand', '2')", as: .app) == "accepted 1")
      #expect(try await probe.answer(to: insert + "(1, 'ops:alice', 'SET', 'brand_config', 'a')", as: .app, brand: .id(1)) == "accepted 1")
      #expect(
        try await probe.answer(to: insert + "(2, 'ops:alice', 'SET', 'brand_config', 'a')", as: .app, brand: .leftOver) == "accepted 1")
      for foreign in ["(1, 'ops:alice', 'SET', 'brand_config', 'a')", "(NULL, 'ops:alice', 'SET', 'brand_config', 'a')"] {
        #expect(try await probe.answer(to: insert + foreign, as: .app, brand: .id(2)).hasPrefix("42501 "))
      }
      #expect(try await probe.value("SELECT count(*) FROM cordon.admin_audit", as: .app) == "3")
      #expect(try await probe.rows("SELECT brand_id FROM cordon.admin_audit", as: .app, brand: .id(2)) == ["2"])
      #expect(try await probe.answer(to: "SELECT count(*) FROM cordon.admin_audit", as: .app, brand: .text("abc")).hasPrefix("CB001 "))
    }
  }
}
