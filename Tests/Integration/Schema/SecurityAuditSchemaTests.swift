internal import Foundation
internal import TestSupport
internal import Testing

@Suite("Schema of the security audit log", .serialized)
struct SecurityAuditSchemaTests {
  @Test("S3-TBL-01 S3-TBL-02 S3-TBL-04 S3-TBL-05 ten columns, five indexes besides the key, the policy by its name, and comments")
  func shape() async throws {
    try await SchemaProbe.run { probe in
      let columns = try await probe.value("SELECT count(*) FROM information_schema.columns WHERE table_name = 'security_audit_logs'")
      #expect(columns == "10")
      #expect(
        try await probe.rows("SELECT indexname FROM pg_indexes WHERE tablename = 'security_audit_logs' ORDER BY 1") == [
          "security_audit_logs_attempted_restaurant_id_idx", "security_audit_logs_created_at_idx", "security_audit_logs_event_type_idx",
          "security_audit_logs_pkey", "security_audit_logs_severity_idx", "security_audit_logs_user_id_idx",
        ])
      #expect(
        try await probe.rows(
          "SELECT cmd, qual FROM pg_policies WHERE tablename = 'security_audit_logs' AND policyname = 'security_audit_service_only'") == [
            "ALL|(auth.role() = 'service_role'::text)"
          ])
      let comments = "SELECT count(*) >= 5 FROM pg_description WHERE objoid = 'cordon.security_audit_logs'::regclass"
      #expect(try await probe.value(comments) == "t")
      #expect(try await probe.rows("SELECT auth.role()", as: .app) == ["service_role"])
      let view =
        "SELECT count(*) FROM information_schema.columns WHERE table_name = 'v_security_audit_log' AND column_name LIKE '%_brand_id'"
      #expect(try await probe.value(view) == "2")
    }
  }

  @Test(
    "S3-TBL-03 S3-TBL-09 S3-TBL-10 the service writes and reads it with the runbook's statements; other severities are refused, other roles see nothing"
  )
  func rights() async throws {
    try await SchemaProbe.run { probe in
      let insert = { (severity: String) in
        """
        INSERT INTO security_audit_logs (event_type, user_id, authenticated_restaurant_id, attempted_restaurant_id, severity)
        VALUES ('TEST_DEPLOYMENT_VERIFICATION', 'u-1', 1, 2, '\(severity)')
        """
      }
      for severity in ["INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL"] {
        let answer = try await probe.answer(to: insert(severity), as: .app)
        #expect(answer == "accepted 1")
      }
      for severity in ["BOGUS", "critical", ""] { #expect(try await probe.answer(to: insert(severity), as: .app).hasPrefix("23514 ")) }
      let newest = """
        SELECT event_type, user_id, authenticated_restaurant_id, attempted_restaurant_id, severity FROM security_audit_logs
        WHERE created_at > NOW() - INTERVAL '1 hour' ORDER BY created_at DESC, id DESC LIMIT 1
        """
      #expect(try await probe.rows(newest, as: .app) == ["TEST_DEPLOYMENT_VERIFICATION|u-1|1|2|CRITICAL"])
      #expect(try await probe.value("SELECT count(*) FROM cordon.security_audit_logs", as: .owner) == "0")
      #expect(try await probe.value("SELECT count(*) FROM cordon.security_audit_logs", as: .audit) == "5")
      #expect(try await probe.answer(to: insert("INFO"), as: .audit).hasPrefix("42501 "))
      // A place in the chain is the table's to give, and only once.
      let place = "INSERT INTO evidence.security_audit_chain (seq, id, prev_hash, row_hash) VALUES (99, 1, sha256('x'), sha256('x'))"
      #expect(try await probe.answer(to: place, as: .app).hasPrefix("23505 "))
    }
  }

  @Test("S3-TBL-11 without its policy the service can't write; with the shipped statement it can again")
  func policy() async throws {
    try await SchemaProbe.run { probe in
      let insert = "INSERT INTO security_audit_logs (event_type, severity) VALUES ('TEST', 'INFO')"
      try await probe.database.psql("DROP POLICY security_audit_service_only ON cordon.security_audit_logs")
      #expect(try await probe.answer(to: insert, as: .app).hasPrefix("42501 "))
      let migration = try String(contentsOfFile: MigrationFiles.directory + "/0021_system_events.sql", encoding: .utf8)
      let statement = try #require(migration.split(separator: "\n").first { $0.hasPrefix("CREATE POLICY security_audit_service_only") })
      try await probe.database.psql(String(statement))
      #expect(try await probe.answer(to: insert, as: .app) == "accepted 1")
    }
  }
}
