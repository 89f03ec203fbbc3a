internal import TestSupport
internal import Testing

// brand-global: test: it tries what the tables must refuse
@Suite("Append-only tables", .serialized)
struct AppendOnlyTests {
  struct Ledger: CustomStringConvertible, Sendable {
    let schema: String
    let table: String
    /// Of the key: the platform's own ledgers know no brand.
    var column = "brand_id"
    var description: String { "\(schema).\(table)" }

    func refusal(of operation: String) -> String { "CB002 \(table) is append-only; \(operation) not permitted on \(schema).\(table)" }
  }

  static let ledgers = [
    Ledger(schema: "cordon", table: "admin_audit"), Ledger(schema: "cordon", table: "recovery_audit"),
    Ledger(schema: "cordon", table: "system_event"),
    Ledger(schema: "cordon", table: "player_balance_log"), Ledger(schema: "wallet", table: "wallet_ledger"),
    Ledger(schema: "evidence", table: "log_tile"), Ledger(schema: "evidence", table: "log_checkpoint"),
    Ledger(schema: "evidence", table: "log_cosignature"),
    Ledger(schema: "evidence", table: "platform_log_tile", column: "ledger"),
    Ledger(schema: "evidence", table: "platform_log_checkpoint", column: "ledger"),
    Ledger(schema: "evidence", table: "platform_log_cosignature", column: "ledger"),
    Ledger(schema: "cordon", table: "security_audit_logs", column: "user_id"),
    Ledger(schema: "evidence", table: "security_audit_chain", column: "prev_hash"),
    Ledger(schema: "evidence", table: "security_audit_key", column: "id"),
    Ledger(schema: "cordon", table: "delegated_approval", column: "reason"),
    Ledger(schema: "evidence", table: "signing_key", column: "approval"),
    Ledger(schema: "evidence", table: "signing_pause", column: "reason"),
  ]

  private static let audited = """
    INSERT INTO cordon.admin_audit (operator_id, action, resource, resource_key)
    VALUES ('ops:alice', 'A', 'brand', '1'), ('ops:bob', 'B', 'brand', '1');
    INSERT INTO cordon.system_event (brand_id, event_key, kind, outcome, reason, request_id, service, occurred_at)
    SELECT n, gen_random_uuid()::text, 'denial', 'denied', 'forbidden', 'r-1', 'test', now() FROM (VALUES (1), (NULL)) AS v (n);
    INSERT INTO cordon.security_audit_logs (event_type, severity) VALUES ('TEST', 'INFO'), ('TEST', 'LOW');
    INSERT INTO evidence.security_audit_key (entry_key, id) VALUES (gen_random_uuid()::text, 1), (gen_random_uuid()::text, 2);
    INSERT INTO cordon.delegated_approval (approval_id, event, action, subject, operator_id, reason, expires_at)
    SELECT gen_random_uuid(), 'requested', 'a', 'b', 'ops:alice', 'c', now() + interval '1 hour' FROM generate_series(1, 2);
    INSERT INTO evidence.signing_key (operator_name, number, public_key, record, valid_from)
    SELECT 'test.example', n, sha256(n::text::bytea), 'record', now() + make_interval(secs => n) FROM generate_series(1, 2) AS n;
    INSERT INTO evidence.signing_pause (event, until, operator_id, reason)
    VALUES ('paused', now() + interval '1 hour', 'ops:alice', 'c'), ('resumed', NULL, 'ops:alice', 'c');
    INSERT INTO evidence.platform_log_tile (ledger, level, tile_index, hashes, root_hash)
    VALUES ('admin_audit', 0, 0, decode(repeat('00', 8192), 'hex'), sha256('1'));
    INSERT INTO evidence.platform_log_checkpoint (ledger, tree_size, root_hash, note, signed_at)
    VALUES ('admin_audit', 2, sha256('1'), 'note', now());
    INSERT INTO evidence.platform_log_cosignature (ledger, tree_size, witness, key_id, signature, cosigned_at)
    VALUES ('admin_audit', 2, 'witness', 1, decode(repeat('00', 72), 'hex'), now())
    """

  @Test(
    "S0-AUD-02…06 S0-AUD-08 S0-MIG-08 S0-MIG-10 S0-HARD-15 S0-PEN-04 S4-INT-05 UPDATE, DELETE and TRUNCATE are refused in the words of the runbook, each attempt is counted, and nothing is lost"
  )
  func refusesChanges() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql + Self.audited)
      for ledger in Self.ledgers { try await expectRefused(ledger, probe) }
    }
  }

  private func expectRefused(_ ledger: Ledger, _ probe: SchemaProbe) async throws {
    let content = "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM \(ledger) AS t"
    let before = try await probe.rows(content)
    // A superuser gets past grants and row-level security, so that the triggers stand alone here.
    let one = "WHERE ctid = (SELECT ctid FROM \(ledger) LIMIT 1)"
    let statements = [
      "UPDATE \(ledger) SET \(ledger.column) = \(ledger.column)", "UPDATE \(ledger) SET \(ledger.column) = \(ledger.column) \(one)",
      "DELETE FROM \(ledger)", "DELETE FROM \(ledger) \(one)", "TRUNCATE \(ledger)", "TRUNCATE \(ledger) CASCADE",
    ]
    let refusals = ["UPDATE", "UPDATE", "DELETE", "DELETE", "TRUNCATE", "TRUNCATE"].map { ledger.refusal(of: $0) }
    for settings in ["", "SET LOCAL session_replication_role = replica;"] {
      #expect(try await probe.answers(to: statements, as: .superuser, settings: settings) == refusals)
    }
    #expect(before != [""] && before != [], "\(ledger) has rows to lose")
    #expect(try await probe.rows(content) == before, "\(ledger)")
    #expect(try await probe.rows("SELECT attempts FROM evidence.v_refused_change WHERE ledger = '\(ledger)'") == ["12"], "\(ledger)")
  }

  @Test("S0-AUD-02 S0-AUD-05 S0-AUD-06 the triggers have the names that the runbook greps for")
  func triggerNames() async throws {
    try await SchemaProbe.run { probe in
      for ledger in Self.ledgers {
        // Bits of tgtype: 1 row, 2 before, 8 delete, 16 update, 32 truncate. A: also for a session that plays a replica.
        let triggers = try await probe.rows(
          """
          SELECT tgname, tgtype, tgenabled, p.pronamespace::regnamespace, p.proname
          FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
          WHERE tgrelid = '\(ledger)'::regclass AND p.proname LIKE '%append_only' ORDER BY 1
          """)
        #expect(
          triggers == [
            "trg_\(ledger.table)_no_truncate|34|A|\(ledger.schema)|\(ledger.table)_append_only",
            "trg_\(ledger.table)_no_update_delete|27|A|\(ledger.schema)|\(ledger.table)_append_only",
          ])
      }
    }
  }

  @Test("S0-AUD-07 each guard function lives in the schema of its table")
  func guardSchemas() async throws {
    try await SchemaProbe.run { probe in
      let guards = try await probe.rows(
        """
        SELECT n.nspname, p.proname FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE proname LIKE '%append_only' ORDER BY 1, 2
        """)
      #expect(guards == Self.ledgers.map { "\($0.schema)|\($0.table)_append_only" }.sorted())
    }
  }

  @Test("S0-AUD-01 admin_audit has the columns that the runbook reads")
  func adminAuditColumns() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(
        """
        INSERT INTO cordon.admin_audit (brand_id, operator_id, action, resource, resource_key, old_value, new_value, request_id)
        VALUES (1, 'ops:alice', 'BRAND_CONFIG_SET', 'brand_config', 'cashback_rate', '0', '0.05', 'r-1')
        """)
      let row = try await probe.rows(
        """
        SELECT operator_id, action, resource, resource_key, old_value, new_value, pg_typeof(new_value), created_at IS NOT NULL
        FROM cordon.admin_audit WHERE resource = 'brand_config' ORDER BY created_at DESC LIMIT 1
        """, as: .app)
      #expect(row == ["ops:alice|BRAND_CONFIG_SET|brand_config|cashback_rate|0|0.05|jsonb|t"])
    }
  }

  @Test("S0-AUD-16 an audit row without operator, action, resource or key is refused")
  func auditSaysWho() async throws {
    try await SchemaProbe.run { probe in
      let columns = ["operator_id", "action", "resource", "resource_key"]
      let absent = columns.flatMap { column in
        ["NULL", "''"].map { nothing in columns.map { $0 == column ? nothing : "'x'" }.joined(separator: ", ") }
      }
      let rows = absent + ["'  ', 'x', 'x', 'x'"]
      let answers = try await probe.answers(
        to: rows.map { "INSERT INTO cordon.admin_audit (\(columns.joined(separator: ", "))) VALUES (\($0))" }, as: .app)
      for (row, answer) in zip(rows, answers) { #expect(answer.hasPrefix("23502 ") || answer.hasPrefix("23514 "), "\(row): \(answer)") }
      #expect(answers.count == rows.count)
    }
  }

  @Test("S0-AUD-18 the application's role can't get rid of the triggers, nor of row-level security")
  func applicationCannotDisarm() async throws {
    try await SchemaProbe.run { probe in
      for ledger in Self.ledgers {
        let statements = [
          "SET session_replication_role = replica", "DROP TRIGGER trg_\(ledger.table)_no_truncate ON \(ledger)",
          "ALTER TABLE \(ledger) DISABLE TRIGGER ALL", "ALTER TABLE \(ledger) NO FORCE ROW LEVEL SECURITY",
          "DROP POLICY audit_reads_all_brands ON \(ledger)", "ALTER TABLE \(ledger) OWNER TO cordon_app",
          "DROP FUNCTION \(ledger)_append_only() CASCADE", "DROP TABLE \(ledger) CASCADE",
          "UPDATE \(ledger) SET \(ledger.column) = \(ledger.column)", "DELETE FROM \(ledger)", "TRUNCATE \(ledger)",
          "SELECT cordon.isolate_by_brand('\(ledger)')",
        ].filter { ledger.column == "brand_id" || !$0.contains("POLICY") }
        let answers = try await probe.answersToLogin(statements)
        for (statement, answer) in zip(statements, answers) { #expect(answer.hasPrefix("42501 "), "\(statement): \(answer)") }
        #expect(answers.count == statements.count)
      }
    }
  }
}
