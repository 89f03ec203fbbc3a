package import Audit
internal import Kernel
internal import Platform
package import Postgres

/// What an operator does with the security audit log: look whether it is as it should be, and bring in what was kept in a file (S3-FALL-07, C-48).
package struct SecurityAuditOperations: Sendable {
  package struct Import: Hashable, Sendable {
    package let imported: Int
    /// Were in the table before.
    package let known: Int
    /// Numbers of lines that are none of ours.
    package let unreadable: [Int]
  }

  private let database: Database

  package init(database: Database) { self.database = database }

  /// All of it or nothing; a line that is in the table already changes nothing. The file stays as it is.
  package func bringIn(_ file: SecurityLogFile, by act: OperatorAct) async throws -> Import {
    let lines: [Substring]
    do throws(FileFault) {
      lines = try file.lines()
    } catch {
      throw OperationRefused(.unusable, error.description)
    }
    let entries = lines.map { SecurityAuditEntry(line: $0) }
    let unreadable = entries.indices.filter { entries[$0] == nil }.map { $0 + 1 }
    return try await database.withPlatform(deadline: .seconds(300)) { transaction in
      var imported = 0
      for entry in entries.compactMap({ $0 }) {
        if try await SecurityAuditStore.insert(entry, transaction) { imported += 1 }
      }
      let known = entries.count - unreadable.count - imported
      if imported > 0 {
        try await AdminAudit.append(
          AuditEntry(
            .securityLogImport, .securityAuditLogs, file.path, by: act.operatorID,
            new: ["imported": .integer(imported), "known": .integer(known), "unreadable": .integer(unreadable.count)], reason: act.reason),
          brand: nil, in: transaction)
      }
      return Import(imported: imported, known: known, unreadable: unreadable)
    }
  }

  /// What of the table's columns, indexes, CHECK and policies is not as the migration made it (S3-TBL-07). Empty where all is.
  package func differences() async throws -> [String] {
    let found = try await database.withPlatform { transaction in
      try await transaction.query(
        """
        SELECT 'column ' || column_name || ' ' || data_type AS fact FROM information_schema.columns
        WHERE table_schema = 'cordon' AND table_name = 'security_audit_logs'
        UNION ALL SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = 'cordon' AND tablename = 'security_audit_logs'
        UNION ALL SELECT 'check ' || conname FROM pg_constraint
        WHERE conrelid = to_regclass('cordon.security_audit_logs') AND contype = 'c' AND conname LIKE '%severity%'
        UNION ALL SELECT 'policy ' || policyname || ' ' || cmd || ' ' || qual FROM pg_policies
        WHERE schemaname = 'cordon' AND tablename = 'security_audit_logs' AND policyname = 'security_audit_service_only'
        UNION ALL SELECT 'row security' FROM pg_class
        WHERE oid = to_regclass('cordon.security_audit_logs') AND relrowsecurity AND relforcerowsecurity
        UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger
        WHERE tgrelid = to_regclass('cordon.security_audit_logs') AND NOT tgisinternal AND tgenabled = 'A'
        """
      ).map { row throws(PostgresError) in try row.get("fact", as: String.self) }
    }
    let (expected, actual) = (Set(Self.facts), Set(found))
    return expected.subtracting(actual).map { "missing: \($0)" }.sorted()
      + actual.subtracting(expected).map { "unexpected: \($0)" }.sorted()
  }

  private static let facts = [
    "column id bigint", "column event_type text", "column user_id text", "column authenticated_restaurant_id bigint",
    "column attempted_restaurant_id bigint", "column session_id text", "column ip_address text", "column user_agent text",
    "column severity text", "column created_at timestamp with time zone", "index security_audit_logs_pkey",
    "index security_audit_logs_created_at_idx", "index security_audit_logs_event_type_idx", "index security_audit_logs_user_id_idx",
    "index security_audit_logs_attempted_restaurant_id_idx", "index security_audit_logs_severity_idx",
    "check security_audit_logs_severity_check", "policy security_audit_service_only ALL (auth.role() = 'service_role'::text)",
    "row security",
    "trigger trg_security_audit_logs_no_update_delete", "trigger trg_security_audit_logs_no_truncate",
    "trigger trg_security_audit_logs_chain",
  ]
}
