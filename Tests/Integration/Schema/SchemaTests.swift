internal import TestSupport
internal import Testing

// brand-global: test: it tries what the schema must refuse
@Suite("Schema", .serialized)
struct SchemaTests {
  @Test("S0-MIG-01 S0-RES-01 S0-CFG-01 brand, brand_config and agent_brand exist, found without naming their schema")
  func catalogueTables() async throws {
    try await SchemaProbe.run { probe in
      let path = "SET LOCAL search_path = cordon, public;"
      #expect(
        try await probe.value("\(path) SELECT to_regclass('brand'), to_regclass('brand_config'), to_regclass('agent_brand')")
          == "brand|brand_config|agent_brand")
      try await probe.database.psql(TwoBrandRows.sql)
      #expect(
        try await probe.rows("\(path) SELECT brand_id, brand_code, status FROM brand ORDER BY 1", as: .app) == [
          "1|default|enabled", "2|brand2|enabled",
        ])
      #expect(try await probe.rows("\(path) SELECT key, value FROM brand_config", as: .app, brand: .id(2)) == ["cashback_rate|0.05"])
    }
  }

  @Test("S0-MIG-12 a default brand exists before any other, enabled, and the next brand is number 2")
  func defaultBrand() async throws {
    try await SchemaProbe.run { probe in
      let atFirst = try await probe.rows("SELECT brand_id, brand_code, status FROM cordon.brand")
      #expect(atFirst == ["1|default|enabled"])
      let next = "INSERT INTO cordon.brand (brand_code, name, default_currency) VALUES ('brand2', 'Second', 'USD')"
      #expect(try await probe.answer(to: next, as: .app) == "accepted 1")
      #expect(try await probe.value("SELECT max(brand_id) FROM cordon.brand") == "2")
      // Nobody who works with data can take it away again, or rename what provider accounts are built from.
      #expect(try await probe.answer(to: "DELETE FROM cordon.brand", as: .app).hasPrefix("42501 "))
      #expect(try await probe.answer(to: "UPDATE cordon.brand SET brand_code = 'other'", as: .app).hasPrefix("42501 "))
    }
  }

  @Test("S0-MIG-02 the inventory of brand-scoped tables is a view, and names every table that has a brand")
  func inventory() async throws {
    try await SchemaProbe.run { probe in
      let listed = try await probe.rows(
        """
        SELECT schema_name || '.' || table_name FROM cordon.v_brand_scoped_table
        UNION ALL SELECT schema_name || '.' || table_name FROM cordon.v_platform_table
        """, as: .app)
      let present = try await probe.rows(
        """
        SELECT table_schema || '.' || table_name FROM information_schema.columns
        JOIN information_schema.tables USING (table_schema, table_name)
        WHERE column_name = 'brand_id' AND table_type = 'BASE TABLE'
        """)
      #expect(listed.sorted() == present.sorted())
      #expect(Set(["cordon.player", "cordon.brand_config", "wallet.wallet_ledger", "cordon.agent_domain"]).isSubset(of: listed))
    }
  }

  @Test("a table without a brand is a decision: there are these and no others")
  func tablesWithoutBrand() async throws {
    try await SchemaProbe.run { probe in
      let tables = try await probe.rows(
        """
        SELECT c.relname FROM pg_class AS c
        WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace::text IN ('cordon', 'wallet', 'security', 'evidence')
          AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'brand_id') ORDER BY 1
        """)
      #expect(
        tables == [
          "agent", "brand_config_default", "config_key", "delegated_approval", "game_callback_dead_letter", "global_var",
          "platform_log_checkpoint", "platform_log_cosignature", "platform_log_tile",
          "schema_migrations", "security_audit_chain", "security_audit_key",
          "security_audit_logs", "signing_key", "signing_pause",
          "staff",
        ])
    }
  }

  @Test("S0-MIG-04 S0-MIG-11 S0-MIG-13 brand_id can't be NULL in any brand-scoped table but shooter_sms")
  func brandIsRequired() async throws {
    try await SchemaProbe.run { probe in
      let tables = try await probe.brandScopedTables().filter { $0 != "cordon.shooter_sms" }
      // With triggers asleep, since some look at other columns first.
      let answers = try await probe.answers(
        to: tables.map { "INSERT INTO \($0) (brand_id) VALUES (NULL)" }, as: .superuser,
        settings: "SET LOCAL session_replication_role = replica;")
      for (table, answer) in zip(tables, answers) { #expect(answer.hasPrefix("23502 null value in column \"brand_id\""), "\(table)") }
      let nullable = """
        SELECT table_name FROM information_schema.columns JOIN cordon.v_brand_scoped_table USING (table_name)
        WHERE column_name = 'brand_id' AND is_nullable = 'YES'
        """
      #expect(try await probe.rows(nullable) == ["shooter_sms"])
    }
  }

  @Test("S0-MIG-05 brand_id leads every primary key, so that two brands may use the same keys")
  func primaryKeys() async throws {
    try await SchemaProbe.run { probe in
      #expect(
        try await probe.rows("SELECT table_name FROM cordon.v_brand_scoped_table WHERE NOT brand_id_leads_primary_key") == ["shooter_sms"])
      try await probe.database.psql(TwoBrandRows.sql)
      #expect(try await probe.rows("SELECT brand_id FROM cordon.player WHERE player_id = 7 ORDER BY 1") == ["1", "2"])
    }
  }

  @Test("no unique key and no foreign key between brand-scoped tables leaves the brand out")
  func keysCarryBrand() async throws {
    try await SchemaProbe.run { probe in
      // The primary key of shooter_sms is its own, see S0-MIG-11.
      let unique = try await probe.rows(
        """
        SELECT x.relname FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid
        JOIN cordon.v_brand_scoped_table AS t ON i.indrelid = format('%I.%I', t.schema_name, t.table_name)::regclass
        WHERE i.indisunique AND NOT EXISTS (
          SELECT FROM pg_attribute AS a WHERE a.attrelid = i.indrelid AND a.attname = 'brand_id' AND a.attnum = ANY (i.indkey))
        """)
      #expect(unique == ["shooter_sms_pkey"])
      let foreign = try await probe.rows(
        """
        WITH scoped AS (SELECT format('%I.%I', schema_name, table_name)::regclass AS oid FROM cordon.v_brand_scoped_table)
        SELECT c.conname FROM pg_constraint AS c
        WHERE c.contype = 'f' AND c.conrelid IN (SELECT oid FROM scoped) AND c.confrelid IN (SELECT oid FROM scoped)
          AND NOT EXISTS (
            SELECT FROM unnest(c.conkey, c.confkey) AS k (here, there)
            JOIN pg_attribute AS h ON h.attrelid = c.conrelid AND h.attnum = k.here AND h.attname = 'brand_id'
            JOIN pg_attribute AS f ON f.attrelid = c.confrelid AND f.attnum = k.there AND f.attname = 'brand_id')
        """)
      #expect(foreign == [])
    }
  }

  @Test("a row can't reference another brand's row, although foreign keys don't look at row-level security")
  func foreignKeysStayInBrand() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(
        TwoBrandRows.sql
          + "INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash) VALUES (2, 99, 'eve', 'eve', 'x');")
      let balance = "INSERT INTO wallet.wallet_balance (brand_id, player_id, bucket, currency, balance) VALUES "
      #expect(try await probe.answer(to: balance + "(1, 99, 'cash', 'EUR', 1)", as: .app, brand: .id(1)).hasPrefix("23503 "))
      #expect(try await probe.answer(to: balance + "(2, 99, 'cash', 'EUR', 1)", as: .app, brand: .id(2)) == "accepted 1")
    }
  }

  @Test("S0-MIG-06 S0-AGT-04 no trigger adds agent_brand rows: a new agent may act nowhere")
  func noAutoseed() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql("INSERT INTO cordon.agent (name) VALUES ('new')")
      #expect(try await probe.value("SELECT count(*) FROM cordon.agent_brand") == "0")
      #expect(try await probe.rows("SELECT tgname FROM pg_trigger WHERE tgrelid = 'cordon.agent'::regclass AND NOT tgisinternal") == [])
    }
  }

  @Test("S0-MIG-07 S0-FUP-06 S0-DLQ-01 S0-DLQ-16 the dead-letter table keeps what a replay needs, in three states")
  func deadLetters() async throws {
    try await SchemaProbe.run { probe in
      let insert = """
        INSERT INTO cordon.game_callback_dead_letter (provider, outbound_account, payload_json, raw_body, reason, request_id)
        VALUES ('mg', 'nobody', '{"a": 1}', '{"a": 1}', 'no brand code', 'r-1')
        """
      #expect(try await probe.answer(to: insert, as: .app) == "accepted 1")
      #expect(
        try await probe.rows(
          "SELECT id, replay_status, replayed_at, replay_request_id, notes, created_at IS NOT NULL FROM cordon.game_callback_dead_letter",
          as: .app)
          == ["1|pending||||t"])
      let update = "UPDATE cordon.game_callback_dead_letter SET "
      let answers = try await probe.answers(
        to: [
          update + "replay_status = 'lost'", update + "replay_status = 'replayed'", update + "replayed_at = now()",
          update + "payload_json = '{}'", update + "replay_status = 'abandoned'",
          update + "replay_status = 'replayed', replayed_at = now(), replay_request_id = 'r-2'", update + "notes = 'x'",
          update + "replay_status = 'abandoned', replayed_at = NULL, replay_request_id = NULL, abandoned_at = now()",
          update + "replay_status = 'pending', replayed_at = NULL, replay_request_id = NULL",
          update + "replay_request_id = 'r-3'", "DELETE FROM cordon.game_callback_dead_letter",
        ], as: .app)
      #expect(
        answers.map { $0.prefix(5) } == [
          "23514", "23514", "23514", "42501", "23514", "accep", "accep", "CB003", "CB003", "CB003", "42501",
        ])
      let owner = try await probe.answers(
        to: [insert, "UPDATE cordon.game_callback_dead_letter SET raw_body = ''", "DELETE FROM cordon.game_callback_dead_letter"],
        as: .owner)
      #expect(owner.map { $0.prefix(5) } == ["accep", "CB003", "CB003"], "not even the owner changes what came, or deletes what is open")
    }
  }

  @Test("S0-MIG-09 S0-REC-05 recovery_audit keeps hashes of 32 bytes and typed rejections")
  func recoveryAudit() async throws {
    try await SchemaProbe.run { probe in
      let insert = { (action: String, outcome: String, hash: String) in
        """
        INSERT INTO cordon.recovery_audit (brand_id, surface, action, outcome, contact_hash, source_ip_hash, metadata)
        VALUES (1, 'player', '\(action)', '\(outcome)', \(hash), sha256('127.0.0.1'), '{"step": 1}')
        """
      }
      let known = ["REQUEST", "VERIFY", "RESET", "RATE_LIMITED", "TOKEN_INVALID", "BRAND_MISMATCH"]
      let accepted = try await probe.answers(to: known.map { insert($0, "rejected", "sha256('phone')") }, as: .app, brand: .id(1))
      #expect(accepted == Array(repeating: "accepted 1", count: known.count))
      let refused = try await probe.answers(
        to: [insert("RATE_LIMITED", "success", "NULL"), insert("GUESS", "rejected", "NULL"), insert("REQUEST", "success", "'\\x00'")],
        as: .app, brand: .id(1))
      for answer in refused { #expect(answer.hasPrefix("23514 ")) }
    }
  }

  @Test("S0-MIG-11 S0-RCN-03 a bank message comes in without brand; the brand that matches it makes it its own")
  func bankMessages() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql + "DELETE FROM cordon.shooter_sms")
      let ingest =
        "INSERT INTO cordon.shooter_sms (sms_id, device, sender, body, received_at) VALUES (gen_random_uuid(), 'd', 's', 'b', now())"
      #expect(try await probe.answer(to: ingest, as: .app) == "accepted 1")
      #expect(try await probe.answer(to: "SELECT * FROM cordon.shooter_sms", as: .app).hasPrefix("CB001 "))
      let match = { (brand: Int) in
        """
        UPDATE cordon.shooter_sms SET brand_id = \(brand), deposit_id = '\(TwoBrandRows.transaction)', matched_at = now()
        WHERE brand_id IS NULL
        """
      }
      #expect(try await probe.answer(to: match(1), as: .app, brand: .id(2)).hasPrefix("42501 "))
      #expect(try await probe.answer(to: match(2), as: .app, brand: .id(2)) == "accepted 1")
      let seen = "SELECT count(*) FROM cordon.shooter_sms"
      #expect(try await probe.value(seen, as: .app, brand: .id(2)) == "1")
      #expect(try await probe.value(seen, as: .app, brand: .id(1)) == "0")
    }
  }

  @Test("S0-PLY-01 an account exists once per brand, whatever its capitals, and is another player on another brand")
  func accounts() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let register = { (brand: Int, account: String) in
        """
        INSERT INTO cordon.player (brand_id, account, account_key, password_hash)
        VALUES (\(brand), '\(account)', lower('\(account)'), 'x')
        """
      }
      #expect(try await probe.answer(to: register(1, "bob"), as: .app, brand: .id(1)) == "accepted 1")
      #expect(try await probe.answer(to: register(2, "bob"), as: .app, brand: .id(2)) == "accepted 1")
      let again = try await probe.answers(to: [register(1, "bob"), register(1, "BOB")], as: .app, brand: .id(1))
      #expect(again[0].hasPrefix("23505 ") && again[1].hasPrefix("23505 "))
      #expect(try await probe.value("SELECT count(DISTINCT player_id) FROM cordon.player WHERE account = 'bob'") == "2")
      let keys = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'cordon.player'::regclass"
      #expect(try await probe.rows(keys).contains("UNIQUE (brand_id, account)"))
    }
  }

  @Test("S0-CFG-07 a key is in global_var or in brand_config, never in both")
  func configurationKeys() async throws {
    try await SchemaProbe.run { probe in
      let global = { (key: String) in "INSERT INTO cordon.global_var (key, value, updated_by) VALUES ('\(key)', '1', 'ops:alice')" }
      let brand = { (key: String) in
        "INSERT INTO cordon.brand_config (brand_id, key, value, updated_by) VALUES (1, '\(key)', '1', 'ops:alice')"
      }
      let answers = try await probe.answers(
        to: [
          global("cashback_rate"), global("maintenance"), brand("maintenance"), brand("welcome_text"), global("welcome_text"),
          "DELETE FROM cordon.global_var WHERE key = 'maintenance'", brand("maintenance"), global("maintenance"),
        ], as: .app, brand: .id(1))
      #expect(answers.map { $0.prefix(5) } == ["23505", "accep", "23505", "accep", "23505", "accep", "accep", "23505"])
      #expect(try await probe.rows("SELECT g.key FROM cordon.global_var AS g JOIN cordon.brand_config AS b USING (key)") == [])
    }
  }

  @Test("the default of a key that counts is its newest version")
  func configurationDefaults() async throws {
    try await SchemaProbe.run { probe in
      let newer = "INSERT INTO cordon.brand_config_default (version, key, value, description) VALUES (2, 'cashback_rate', '0.02', 'x')"
      let written = try await probe.answer(to: newer, as: .app)
      #expect(written == "accepted 1")
      let current = "SELECT value, version FROM cordon.v_brand_config_default WHERE key IN ('cashback_rate', 'rebate_rate') ORDER BY key"
      #expect(try await probe.rows(current, as: .app) == ["0.02|2", "0|1"])
    }
  }
}
