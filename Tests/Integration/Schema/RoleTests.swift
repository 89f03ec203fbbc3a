internal import TestSupport
internal import Testing

@Suite("Database roles", .serialized)
struct RoleTests {
  private static let tables = """
    (SELECT c.oid, c.relnamespace::regnamespace || '.' || c.relname AS name FROM pg_class AS c
     WHERE c.relkind IN ('r', 'p', 'v') AND c.relnamespace::regnamespace::text IN ('cordon', 'wallet', 'security', 'evidence'))
    """

  @Test("no role that works with data has SUPERUSER, BYPASSRLS or CREATEROLE; only the backup passes row-level security")
  func attributes() async throws {
    try await SchemaProbe.run { probe in
      let roles = try await probe.rows(
        """
        SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication
        FROM pg_roles WHERE rolname LIKE 'cordon\\_%' ORDER BY 1
        """)
      #expect(
        roles == [
          "cordon_app|t|f|f|f|f|f", "cordon_audit|t|f|f|f|f|f", "cordon_backup|t|f|t|f|f|f", "cordon_detector|f|f|f|f|f|f",
          "cordon_migrate|t|f|f|f|f|f", "cordon_owner|f|f|f|f|f|f",
        ])
      let memberships = try await probe.rows(
        """
        SELECT m.member::regrole, m.roleid::regrole FROM pg_auth_members AS m
        WHERE m.member::regrole::text LIKE 'cordon\\_%' ORDER BY 1, 2
        """)
      #expect(memberships == ["cordon_owner|cordon_detector", "cordon_migrate|cordon_owner"])
    }
  }

  @Test("everything belongs to cordon_owner, but for the two functions of cordon_detector")
  func ownership() async throws {
    try await SchemaProbe.run { probe in
      let others = try await probe.rows(
        """
        SELECT relname, relowner::regrole FROM pg_class
        WHERE relnamespace::regnamespace::text IN ('cordon', 'wallet', 'security', 'evidence') AND relowner <> 'cordon_owner'::regrole
        UNION ALL
        SELECT proname, proowner::regrole FROM pg_proc
        WHERE pronamespace::regnamespace::text IN ('cordon', 'wallet', 'security', 'evidence') AND proowner <> 'cordon_owner'::regrole
        UNION ALL
        SELECT nspname, nspowner::regrole FROM pg_namespace
        WHERE nspname IN ('cordon', 'wallet', 'security', 'evidence') AND nspowner <> 'cordon_owner'::regrole
        """)
      #expect(others.sorted() == ["row_brands|cordon_detector", "row_brand|cordon_detector"])
    }
  }

  @Test("PUBLIC has no power over any schema, table, sequence or function")
  func publicHasNothing() async throws {
    try await SchemaProbe.run { probe in
      let powers = try await probe.rows(
        """
        SELECT nspname FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS a
        WHERE nspname IN ('cordon', 'wallet', 'security', 'evidence') AND a.grantee = 0
        UNION ALL
        SELECT relname FROM pg_class, aclexplode(relacl) AS a
        WHERE relnamespace::regnamespace::text IN ('cordon', 'wallet', 'security', 'evidence') AND a.grantee = 0
        UNION ALL
        SELECT proname FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) AS a
        WHERE pronamespace::regnamespace::text IN ('cordon', 'wallet', 'security', 'evidence') AND a.grantee = 0
        """)
      #expect(powers == [])
    }
  }

  @Test("the application's role can't truncate, reference or put triggers on any table, nor create anything")
  func applicationPowers() async throws {
    try await SchemaProbe.run { probe in
      let tooMuch = try await probe.rows(
        """
        SELECT t.name, p FROM \(Self.tables) AS t, unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p
        WHERE has_table_privilege('cordon_app', t.oid, p)
        """)
      #expect(tooMuch == [])
      let statements = [
        "CREATE TABLE cordon.own (a int)", "CREATE TABLE public.own (a int)", "CREATE SCHEMA own",
        "CREATE FUNCTION wallet.own() RETURNS int LANGUAGE sql AS 'SELECT 1'", "SET ROLE cordon_owner", "SET ROLE cordon_backup",
        "CREATE ROLE own",
      ]
      for answer in try await probe.answersToLogin(statements) { #expect(answer.hasPrefix("42501 "), "\(answer)") }
    }
  }

  @Test("S0-AUD-18 S0-FUP-01 the application's role may only insert into and read what is kept for ever")
  func insertOnlyTables() async throws {
    try await SchemaProbe.run { probe in
      let kept = [
        "cordon.admin_audit", "cordon.recovery_audit", "cordon.system_event", "cordon.player_balance_log", "cordon.player_login",
        "cordon.brand_config_default", "wallet.wallet_ledger", "wallet.wallet_command", "wallet.wallet_tombstone",
        "wallet.wallet_account",
      ]
      let names = kept.map { "'\($0)'" }.joined(separator: ", ")
      let powers = try await probe.rows(
        """
        SELECT t::text FROM unnest(ARRAY[\(names)]::regclass[]) AS t
        WHERE has_any_column_privilege('cordon_app', t, 'UPDATE') OR has_table_privilege('cordon_app', t, 'DELETE')
          OR NOT has_table_privilege('cordon_app', t, 'INSERT') OR NOT has_table_privilege('cordon_app', t, 'SELECT')
        """)
      #expect(powers == [])
    }
  }

  @Test("the application's role deletes rows of no other tables than these")
  func deletable() async throws {
    try await SchemaProbe.run { probe in
      let deletable = try await probe.rows(
        "SELECT t.name FROM \(Self.tables) AS t WHERE has_table_privilege('cordon_app', t.oid, 'DELETE') ORDER BY 1")
      #expect(
        deletable == ["agent_domain", "brand_config", "config_key", "domain_binding", "global_var", "staff_brand"].map { "cordon.\($0)" })
    }
  }

  @Test("S0-PLY-09 the application's role can't name brand_id in an UPDATE: no row of a brand, and no player, moves to another")
  func brandIsFixed() async throws {
    try await SchemaProbe.run { probe in
      let movable = try await probe.rows(
        """
        WITH scoped AS MATERIALIZED (SELECT * FROM cordon.v_brand_scoped_table)
        SELECT table_name FROM scoped
        WHERE has_column_privilege('cordon_app', format('%I.%I', schema_name, table_name), 'brand_id', 'UPDATE')
        """)
      // A bank message gets its brand when it is matched.
      #expect(movable == ["shooter_sms"])
    }
  }

  @Test("row_brand says which other brand has a row, nothing else, and records that it did")
  func rowBrand() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql + Self.rowsOfSecondBrandOnly)
      let questions =
        "SELECT cordon.row_brand('player', '99'), cordon.row_brand('wallet_command', 'second'), "
        + "cordon.row_brand('wallet_transaction', '0190a000-0000-7000-8000-00000000000b')"
      #expect(try await probe.rows(questions, as: .app, brand: .id(1)) == ["2|2|2"])
      #expect(try await probe.rows(questions, as: .app, brand: .id(2)) == ["||"])
      let known =
        "SELECT cordon.row_brand('player', '7'), cordon.row_brand('wallet_command', 'request'), "
        + "cordon.row_brand('player', '123456'), cordon.row_brand('player', ''' OR true'), cordon.row_brand('wallet_transaction', 'x')"
      #expect(try await probe.rows(known, as: .app, brand: .id(1)) == ["||||"])
      let records = "SELECT kind, key, found_brand_id FROM security.cross_brand_detection WHERE key <> '7' ORDER BY detection_id"
      #expect(
        try await probe.rows(records, as: .app, brand: .id(1)) == [
          "player|99|2", "wallet_command|second|2", "wallet_transaction|0190a000-0000-7000-8000-00000000000b|2",
        ])
      #expect(try await probe.rows(records, as: .app, brand: .id(2)) == [])
    }
  }

  @Test("row_brand needs a brand, refuses other questions and read-only transactions, and is the application's alone")
  func rowBrandRefuses() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql + Self.rowsOfSecondBrandOnly)
      let ask = "SELECT cordon.row_brand('player', '99')"
      #expect(try await probe.answer(to: ask, as: .app).hasPrefix("CB001 "))
      #expect(try await probe.answer(to: "SELECT cordon.row_brand('staff', '1')", as: .app, brand: .id(1)).hasPrefix("22023 "))
      #expect(
        try await probe.answer(to: ask, as: .app, brand: .id(1), settings: "SET LOCAL transaction_read_only = on;").hasPrefix("25006 "))
      for role in [SchemaProbe.Role.audit, .backup] {
        #expect(try await probe.answer(to: ask, as: role, brand: .id(1)).hasPrefix("42501 "))
      }
    }
  }

  @Test("the detector's role reads keys of three tables and nothing more, and the owner does not see through it")
  func detectorIsNarrow() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let readable = try await probe.rows(
        """
        SELECT t.name || '.' || a.attname FROM pg_attribute AS a JOIN \(Self.tables) AS t ON t.oid = a.attrelid
        WHERE a.attnum > 0 AND has_column_privilege('cordon_detector', a.attrelid, a.attname, 'SELECT') ORDER BY 1
        """)
      #expect(
        readable == [
          "cordon.brand.brand_id", "cordon.player.brand_id", "cordon.player.player_id", "wallet.wallet_command.brand_id",
          "wallet.wallet_command.request_id", "wallet.wallet_transaction.brand_id", "wallet.wallet_transaction.transaction_id",
        ])
      #expect(try await probe.value("SELECT count(DISTINCT brand_id) FROM cordon.player", as: .detector) == "2")
      #expect(try await probe.answer(to: "SELECT count(*) FROM cordon.player", as: .owner).hasPrefix("CB001 "))
      #expect(try await probe.value("SELECT count(DISTINCT brand_id) FROM cordon.player", as: .owner, brand: .id(1)) == "1")
    }
  }

  private static let rowsOfSecondBrandOnly = """
    INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash) VALUES (2, 99, 'second', 'second', 'x');
    INSERT INTO wallet.wallet_command (brand_id, request_id, command, fingerprint, response_status, response_body, player_id)
      VALUES (2, 'second', 'deposit', sha256('payload'), 200, '', 99);
    INSERT INTO wallet.wallet_transaction (brand_id, transaction_id, kind, state, player_id, currency, amount, request_id)
      VALUES (2, '0190a000-0000-7000-8000-00000000000b', 'deposit', 'approved', 99, 'EUR', 500, 'second');
    """
}
