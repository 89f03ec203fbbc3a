internal import Crypto
internal import Evidence
internal import Kernel
internal import Postgres

/// The SQL of backups: what a database holds, read in one transaction of a role that sees every brand.
struct SnapshotStore: Sendable {
  /// Rows of a piece.
  private static let pieceMax = 1000
  /// Rows between two lines for whoever waits; a multiple of the piece.
  private static let progressStep: Int64 = 100_000

  let transaction: PlatformTransaction

  /// Its name lets another session see the same moment, for as long as this transaction lasts.
  func export() async throws -> (name: String, takenAt: Timestamp) {
    let row = try await transaction.query("SELECT pg_export_snapshot() AS name, now() AS taken_at").first
    guard let row else { throw BackupFault(.failed, "the server exported no snapshot") }
    return (try row.get("name"), try row.get("taken_at"))
  }

  /// - Parameter progress: told how far the large tables are.
  func read(takenAt: Timestamp, progress: (String) -> Void) async throws -> BackupSnapshot {
    let migrations = try await migrations()
    let logs = try await logs()
    let roles = try await roles()
    return BackupSnapshot(
      takenAt: BackupMoment(takenAt), migrations: migrations, logs: logs, tables: try await tables(progress: progress), roles: roles)
  }

  func migrations() async throws -> [BackupMigration] {
    try await transaction.query("SELECT version, name, checksum FROM cordon.schema_migrations ORDER BY version").map {
      row throws(PostgresError) in
      BackupMigration(number: try row.get("version"), name: try row.get("name"), checksum: try row.get("checksum"))
    }
  }

  func logs() async throws -> [BackupLog] {
    let ledger = Ledger.walletLedger.rawValue
    // brand-global: admin view across brands: a backup says where every brand's ledger ends
    return try await transaction.query(
      """
      SELECT b.brand_id, b.brand_code, coalesce(l.seq, 0) AS entries, l.row_hash, c.tree_size, c.note
      FROM cordon.brand AS b
      LEFT JOIN LATERAL (
        SELECT seq, row_hash FROM wallet.wallet_ledger WHERE brand_id = b.brand_id ORDER BY seq DESC LIMIT 1) AS l ON true
      LEFT JOIN LATERAL (
        SELECT tree_size, note FROM evidence.log_checkpoint WHERE brand_id = b.brand_id AND ledger = \(ledger)
        ORDER BY tree_size DESC LIMIT 1) AS c ON true
      ORDER BY b.brand_id
      """
    ).map { row throws(PostgresError) in
      let hash: [UInt8]? = try row.getOptional("row_hash")
      let note: [UInt8]? = try row.getOptional("note")
      return BackupLog(
        brandID: try row.get("brand_id"), brandCode: try row.get("brand_code"), ledger: ledger, entries: try row.get("entries"),
        headHash: Hexadecimal.encode(hash ?? []), signed: try row.getOptional("tree_size") ?? 0,
        checkpoint: note.map { String(decoding: $0, as: UTF8.self) })
    }
  }

  private func roles() async throws -> [BackupRole] {
    try await transaction.query(
      """
      SELECT r.rolname::text AS name, r.rolcanlogin, r.rolinherit, r.rolbypassrls,
        ARRAY(SELECT g.rolname::text FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid WHERE m.member = r.oid ORDER BY 1) AS groups
      FROM pg_roles AS r WHERE r.rolname NOT LIKE 'pg\\_%' ORDER BY 1
      """
    ).map { row throws(PostgresError) in
      BackupRole(
        name: try row.get("name"), canLogIn: try row.get("rolcanlogin"), inherits: try row.get("rolinherit"),
        bypassesRowSecurity: try row.get("rolbypassrls"), groups: try row.get("groups"))
    }
  }

  // MARK: Every row

  /// - Parameter progress: told how far the large tables are.
  func tables(progress: (String) -> Void) async throws -> [TableDigest] {
    let rows = try await transaction.query(
      """
      SELECT n.nspname::text AS schema, c.relname::text AS name, ARRAY(
        SELECT 'cordon_row.' || quote_ident(a.attname) || CASE WHEN a.attcollation <> 0 THEN ' COLLATE "C"' ELSE '' END
        FROM pg_index AS i, unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
        JOIN pg_attribute AS a ON a.attnum = k.attnum
        WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid
        ORDER BY k.place) AS key
      FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
      ORDER BY 1, 2
      """)
    var digests: [TableDigest] = []
    for row in rows {
      let (schema, name): (String, String) = (try row.get("schema"), try row.get("name"))
      digests.append(try await digest(schema, name, key: try row.get("key"), progress: progress))
    }
    return digests
  }

  /// A table without a key is read in the order of its printed rows.
  private func digest(_ schema: String, _ name: String, key: [String], progress: (String) -> Void) async throws -> TableDigest {
    let table = "\(SQL.quotedIdentifier(schema)).\(SQL.quotedIdentifier(name))"
    let order = key.isEmpty ? "cordon_row::text COLLATE \"C\"" : key.joined(separator: ", ")
    // brand-global: admin view across brands: a backup holds every row of every brand, and says so
    let declaration: SQL = """
      DECLARE cordon_rows NO SCROLL CURSOR FOR SELECT cordon_row::text AS line FROM \(unsafe: table) AS cordon_row ORDER BY \(unsafe: order)
      """
    try await transaction.execute(declaration)
    var hash = SHA256()
    var count: Int64 = 0
    var isAtEnd = false
    while !isAtEnd {
      let rows = try await transaction.query("FETCH \(unsafe: String(Self.pieceMax)) FROM cordon_rows")
      for row in rows { hash.update(data: Array(try row.get("line", as: String.self).utf8) + [0x0A]) }
      count += Int64(rows.count)
      if count % Self.progressStep == 0, !rows.isEmpty { progress("\(schema).\(name): \(count) rows read") }
      isAtEnd = rows.count < Self.pieceMax
    }
    try await transaction.execute("CLOSE cordon_rows")
    return TableDigest(table: "\(schema).\(name)", rows: count, sha256: Hexadecimal.encode(hash.finalize()))
  }
}
