internal import Kernel
internal import Postgres

/// The SQL of timelines: what each ledger has of a stretch of time, its oldest first.
enum TimelineStore {
  /// When a request was last heard of. Callers may bring ids of their own, so that an old one may come again.
  static func seen(_ request: String, _ brand: BrandID?, _ transaction: PlatformTransaction) async throws -> Timestamp? {
    let rows = try await transaction.query(
      """
      SELECT max(at) AS last FROM (
        SELECT occurred_at AS at, brand_id FROM cordon.system_event WHERE request_id = \(request)
        UNION ALL SELECT created_at, brand_id FROM cordon.admin_audit WHERE request_id = \(request)) AS seen
      WHERE \(brand)::bigint IS NULL OR brand_id = \(brand) OR brand_id IS NULL
      """)
    guard let row = rows.first else { return nil }
    return try row.getOptional("last")
  }

  /// - Parameters:
  ///   - request: only its own; nil for all.
  ///   - onlyFailures: what the platform could not answer as it should.
  static func events(
    _ window: ClosedRange<Timestamp>, _ brand: BrandID?, request: String? = nil, onlyFailures: Bool = false, limit: Int64,
    _ transaction: PlatformTransaction
  ) async throws -> [TimelineEntry] {
    try await entries(
      """
      SELECT CASE WHEN kind = 'start' THEN 'deploy' ELSE 'event' END AS kind, 'system_event' AS source, event_id AS row, brand_id, occurred_at AS at,
        coalesce(operator_id, 'player ' || player_id, caller, service) AS who, request_id, kind IN ('denial', 'failure') AS is_refused,
        CASE WHEN kind = 'start'
          THEN concat_ws(' ', service, 'starts:', detail ->> 'version', detail ->> 'version_hash', 'head', detail ->> 'migration_head',
            detail ->> 'environment', detail ->> 'enforcement_mode')
          ELSE concat_ws(' ', kind, reason, status, service, method, route, CASE WHEN occurrences > 1 THEN 'x' || occurrences END,
            detail ->> 'ledger', detail ->> 'log', detail ->> 'kind') END AS what
      FROM cordon.system_event
      WHERE occurred_at BETWEEN \(window.lowerBound) AND \(window.upperBound)
        AND (\(brand)::bigint IS NULL OR brand_id = \(brand) OR brand_id IS NULL)
        AND (\(request)::text IS NULL OR request_id = \(request))
        AND (kind = 'failure' OR NOT \(onlyFailures)::boolean)
      ORDER BY occurred_at, event_id LIMIT \(limit)
      """, transaction)
  }

  /// What people of the platform do among themselves, such as signing in, is no business of a brand's.
  static func acts(
    _ window: ClosedRange<Timestamp>, _ brand: BrandID?, request: String? = nil, limit: Int64, _ transaction: PlatformTransaction
  ) async throws -> [TimelineEntry] {
    try await entries(
      """
      SELECT CASE WHEN resource IN ('signing_key', 'signing', 'jwt_key') THEN 'key' ELSE 'audit' END AS kind, 'admin_audit' AS source,
        audit_id AS row, brand_id, created_at AS at, operator_id AS who, request_id, false AS is_refused,
        concat_ws(' ', action, resource, resource_key, '(' || reason || ')') AS what
      FROM cordon.admin_audit
      WHERE created_at BETWEEN \(window.lowerBound) AND \(window.upperBound)
        AND (\(brand)::bigint IS NULL OR brand_id = \(brand)
          OR (brand_id IS NULL AND resource NOT IN ('staff', 'delegated_approval')))
        AND (\(request)::text IS NULL OR request_id = \(request))
      ORDER BY created_at, audit_id LIMIT \(limit)
      """, transaction)
  }

  /// Attempts of somebody of one brand to reach another stand under both.
  static func violations(
    _ window: ClosedRange<Timestamp>, _ brand: BrandID?, limit: Int64, _ transaction: PlatformTransaction
  ) async throws -> [TimelineEntry] {
    try await entries(
      """
      SELECT 'audit' AS kind, 'security_audit_logs' AS source, id AS row,
        CASE WHEN attempted_restaurant_id > 0 THEN attempted_restaurant_id END AS brand_id, created_at AS at, user_id AS who,
        NULL::text AS request_id, false AS is_refused,
        concat_ws(' ', event_type, severity, 'of brand', authenticated_restaurant_id, 'at brand', attempted_restaurant_id) AS what
      FROM cordon.security_audit_logs
      WHERE created_at BETWEEN \(window.lowerBound) AND \(window.upperBound)
        AND (\(brand)::bigint IS NULL OR attempted_restaurant_id = \(brand) OR authenticated_restaurant_id = \(brand)
          OR (attempted_restaurant_id IS NULL AND authenticated_restaurant_id IS NULL))
      ORDER BY created_at, id LIMIT \(limit)
      """, transaction)
  }

  /// Keys that begin to sign, which may be later than the act that announced them, and migrations.
  static func changes(
    _ window: ClosedRange<Timestamp>, limit: Int64, _ transaction: PlatformTransaction
  ) async throws -> [TimelineEntry] {
    try await entries(
      """
      SELECT * FROM (
        SELECT 'key' AS kind, 'signing_key' AS source, number AS row, NULL::bigint AS brand_id, valid_from AS at, operator_name AS who,
          NULL::text AS request_id, false AS is_refused, concat_ws(' ', 'key', number, 'signs from here', '(approval ' || approval || ')') AS what
        FROM evidence.signing_key
        UNION ALL
        SELECT 'deploy', 'schema_migrations', version, NULL, applied_at, NULL, NULL, false, concat_ws(' ', 'migration', version, name)
        FROM cordon.schema_migrations) AS change
      WHERE at BETWEEN \(window.lowerBound) AND \(window.upperBound)
      ORDER BY at, source, row LIMIT \(limit)
      """, transaction)
  }

  static func recoveries(
    _ window: ClosedRange<Timestamp>, limit: Int64, _ transaction: BrandTransaction
  ) async throws -> [TimelineEntry] {
    try entries(
      of: try await transaction.query(
        """
        SELECT 'audit' AS kind, 'recovery_audit' AS source, recovery_audit_id AS row, brand_id, created_at AS at,
          concat_ws(' ', surface, subject_id) AS who, request_id, false AS is_refused, concat_ws(' ', 'recovery', action, outcome) AS what
        FROM cordon.recovery_audit
        WHERE brand_id = \(transaction.brand) AND created_at BETWEEN \(window.lowerBound) AND \(window.upperBound)
        ORDER BY created_at, recovery_audit_id LIMIT \(limit)
        """))
  }

  // MARK: Rows

  private static func entries(_ statement: SQL, _ transaction: PlatformTransaction) async throws -> [TimelineEntry] {
    try entries(of: try await transaction.query(statement))
  }

  private static func entries(of rows: Rows) throws -> [TimelineEntry] {
    try rows.map { row in
      let kind: String = try row.get("kind")
      return TimelineEntry(
        at: try row.get("at"), kind: TimelineKind(rawValue: kind) ?? .event, source: try row.get("source"), row: try row.get("row"),
        brand: try row.getOptional("brand_id"), who: try row.getOptional("who"), what: try row.get("what"),
        requestID: try row.getOptional("request_id"), isRefused: try row.get("is_refused"))
    }
  }
}
