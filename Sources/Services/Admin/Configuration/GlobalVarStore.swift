internal import Audit
internal import Kernel
internal import Platform
internal import Postgres

/// The SQL of `global_var`. A key that brands configure is refused there by the schema (migration 0002), in whatever order the two come.
struct GlobalVarStore: Sendable {
  let database: Database

  func list() async throws -> [GlobalVarEntry] {
    let rows = try await database.withPlatform { transaction in
      try await transaction.query("SELECT key, value, updated_by, updated_at FROM cordon.global_var ORDER BY key")
    }
    return try rows.map { try GlobalVarEntry(row: $0) }
  }

  /// Sets all of the keys, or none, each with an audit row that has the value before.
  ///
  /// - Throws: `config_key_taken` when brands configure one of them.
  func set(_ values: [(key: String, value: JSONValue)], _ action: AuditAction, reason: String?, act: AdminAct) async throws
    -> [GlobalVarEntry]
  {
    do {
      return try await database.withPlatform { transaction in
        var entries: [GlobalVarEntry] = []
        // In one order, so that two super-admins can't wait for each other.
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
          entries.append(try await set(key, value, action, reason, act, transaction))
        }
        return entries
      }
    } catch let error as PostgresError where error.sqlState == .uniqueViolation {
      throw Problem(.configKeyTaken)
    }
  }

  private func set(
    _ key: String, _ value: JSONValue, _ action: AuditAction, _ reason: String?, _ act: AdminAct, _ transaction: PlatformTransaction
  ) async throws -> GlobalVarEntry {
    _ = try await transaction.query("SELECT pg_advisory_xact_lock(hashtextextended('cordon.global_var:' || \(key), 0))")
    let found = try await transaction.query("SELECT value FROM cordon.global_var WHERE key = \(key) FOR UPDATE")
    let old: JSONText? = try found.first?.get("value")
    let written = try await transaction.query(
      """
      INSERT INTO cordon.global_var (key, value, updated_by)
      VALUES (\(key), \(JSONText(JSONWriter.text(of: value))), \(act.operatorIdentity.id))
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_by = excluded.updated_by, updated_at = now()
      RETURNING key, value, updated_by, updated_at
      """)
    guard let row = written.first else { throw PostgresError(.server, "no row came back", operation: "write global_var") }
    let oldValue = try old.map { try JSONDocument.parse(Array($0.text.utf8)) }
    try await AdminAudit.append(act.entry(action, .globalVar, key, old: oldValue, new: value, reason: reason), brand: nil, in: transaction)
    return try GlobalVarEntry(row: row)
  }
}
