import Evidence

// brand-global: test: rows of whichever brand a test names
/// A ledger as the tests fill it and as a superuser might change it.
struct AuditedLedger: CustomStringConvertible, Sendable {
  let ledger: Ledger
  /// With its schema.
  let table: String
  /// The column that numbers the rows; it is generated.
  let identity: String
  /// Columns and values of `number` rows for brand `$brand`, but for the brand itself.
  let columns: String
  let row: @Sendable (_ number: Int) -> String
  /// One change of each column.
  let edits: [String]

  var description: String { ledger.rawValue }

  /// - Parameter brand: nil for the platform's own rows.
  func insertion(_ numbers: ClosedRange<Int>, brand: Int?) -> String {
    let rows = numbers.map { "(\(brand.map(String.init) ?? "NULL"), \(row($0)))" }.joined(separator: ", ")
    return "INSERT INTO \(table) (brand_id, \(columns)) VALUES \(rows)"
  }

  private static let chained = [
    "brand_id = 3", "seq = seq + 1000", "prev_hash = sha256('x')", "row_hash = sha256('x')",
    "created_at = created_at + interval '1 second'",
    "request_id = coalesce(request_id, '') || 'x'",
  ]

  private static let event = AuditedLedger(
    ledger: .systemEvent, table: "cordon.system_event", identity: "event_id",
    columns: """
      event_key, kind, outcome, reason, status, request_id, trace_id, service, caller, operator_id, player_id, method, route, occurrences,
      detail, occurred_at
      """,
    row: { number in
      number.isMultiple(of: 2)
        ? """
        gen_random_uuid()::text, 'denial', 'denied', 'forbidden', 403, 'r-\(number)', repeat('a', 32), 'wallet_service', 'gateway', 'ops:alice', 7,
        'POST', '/v1/é/{id}', 1, '{"name": "é", "max": 1.50}', now()
        """
        : "gen_random_uuid()::text, 'export', 'done', NULL, NULL, 'r-\(number)', NULL, 'cordon', NULL, NULL, NULL, NULL, NULL, \(number), NULL, now()"
    },
    edits: chained + [
      "event_id = event_id + 1000000", "event_key = overlay(event_key placing 'xxx' from 1)",
      "kind = CASE kind WHEN 'export' THEN 'denial' ELSE 'failure' END, reason = coalesce(reason, 'forbidden')",
      "outcome = 'dropped'", "reason = coalesce(reason, '') || 'x'", "status = 500", "trace_id = 'x'", "service = 'x'", "caller = 'x'",
      "operator_id = 'ops:mallory'", "player_id = 77", "method = 'PUT'", "route = '/x'", "occurrences = occurrences + 1",
      "detail = '{\"x\": 1}'",
      "occurred_at = occurred_at + interval '1 second'",
    ])

  static let all = [
    AuditedLedger(
      ledger: .adminAudit, table: "cordon.admin_audit", identity: "audit_id",
      columns: "operator_id, action, resource, resource_key, old_value, new_value, reason, request_id",
      row: { number in
        // Every second row has what every other lacks; JSON in more than one spelling.
        number.isMultiple(of: 2)
          ? #"'ops:alice', 'BRAND_CONFIG_SET', 'brand_config', 'limit', NULL, '{"name":"é\n\u0001\"","max":1.50,"a":[1,{}]}', NULL, 'r-\#(number)'"#
          : "'ops:bob', 'BRAND_DISABLE', 'brand', '\(number)', 'true', '-0.0', 'why', NULL"
      },
      edits: chained + [
        "audit_id = audit_id + 1000000", "operator_id = 'ops:mallory'", "action = 'X'", "resource = 'x'", "resource_key = 'x'",
        #"old_value = '{"x": 1}'"#, "new_value = NULL", "reason = coalesce(reason, '') || 'x'",
      ]),
    AuditedLedger(
      ledger: .recoveryAudit, table: "cordon.recovery_audit", identity: "recovery_audit_id",
      columns: "surface, subject_id, action, outcome, contact_hash, source_ip_hash, metadata, request_id",
      row: { number in
        number.isMultiple(of: 2)
          ? "'player', 7, 'RESET', 'success', sha256('contact'), sha256('address'), '{\"step\": \(number)}', 'r-\(number)'"
          : "'agent', NULL, 'RATE_LIMITED', 'rejected', NULL, NULL, '{}', NULL"
      },
      edits: chained + [
        "recovery_audit_id = recovery_audit_id + 1000000", "surface = CASE surface WHEN 'agent' THEN 'player' ELSE 'agent' END",
        "subject_id = 77", "action = 'VERIFY', outcome = 'rejected'", "outcome = 'rejected', action = 'TOKEN_INVALID'",
        "contact_hash = sha256('x')", "source_ip_hash = sha256('x')", "metadata = '{\"x\": 1}'",
      ]),
    AuditedLedger(
      ledger: .playerBalanceLog, table: "cordon.player_balance_log", identity: "log_id",
      columns: "player_id, change_type, request_id, currency, amount, balance_before, balance_after",
      row: { number in "1, 'deposit', \(number.isMultiple(of: 2) ? "NULL" : "'r-\(number)'"), 'EUR', 5, \(number), \(number + 5)" },
      edits: chained + [
        "log_id = log_id + 1000000", "player_id = 2", "change_type = 'x'", "currency = 'USD'",
        "amount = 6, balance_after = balance_after + 1",
        "balance_before = balance_before + 1, amount = 4", "balance_after = balance_after + 1, balance_before = balance_before + 1",
      ]),
    event,
  ]
}
