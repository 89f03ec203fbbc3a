internal import Evidence
internal import Kernel
internal import Postgres

/// The SQL of what witnesses said of a brand's log.
struct LogCosignatureStore: Sendable {
  /// A checkpoint with every cosignature that is kept of it, whoever made them.
  struct Cosigned: Sendable {
    var kept: LogStore.Kept
    var signatures: [NoteSignature]
  }

  let ledger: Ledger

  /// The last checkpoint that has a cosignature of this key, with this one.
  func last(of key: VerifierKey, _ transaction: BrandTransaction) async throws -> Cosigned? {
    let rows = try await transaction.query(
      """
      SELECT k.tree_size, k.root_hash, k.note, c.witness, c.key_id, c.signature
      FROM wallet.log_cosignature AS c
      JOIN wallet.log_checkpoint AS k ON k.brand_id = c.brand_id AND k.ledger = c.ledger AND k.tree_size = c.tree_size
      WHERE c.brand_id = \(transaction.brand) AND c.ledger = \(ledger.rawValue) AND c.witness = \(key.name.description)
        AND c.key_id = \(Int64(key.id))
      ORDER BY c.tree_size DESC LIMIT 1
      """)
    return try Self.grouped(rows).first
  }

  /// The last checkpoints of at least `size` entries that any witness cosigned, newest first.
  func newest(covering size: Int64, limit: Int64, _ transaction: BrandTransaction) async throws -> [Cosigned] {
    let rows = try await transaction.query(
      """
      SELECT k.tree_size, k.root_hash, k.note, c.witness, c.key_id, c.signature
      FROM (
        SELECT DISTINCT tree_size FROM wallet.log_cosignature
        WHERE brand_id = \(transaction.brand) AND ledger = \(ledger.rawValue) AND tree_size >= \(size)
        ORDER BY tree_size DESC LIMIT \(limit)
      ) AS s
      JOIN wallet.log_checkpoint AS k
        ON k.brand_id = \(transaction.brand) AND k.ledger = \(ledger.rawValue) AND k.tree_size = s.tree_size
      JOIN wallet.log_cosignature AS c
        ON c.brand_id = \(transaction.brand) AND c.ledger = \(ledger.rawValue) AND c.tree_size = s.tree_size
      ORDER BY k.tree_size DESC, c.witness, c.key_id
      """)
    return try Self.grouped(rows)
  }

  /// Keeps a cosignature, once: workers may have asked at the same time.
  func keep(_ signature: NoteSignature, of size: Int64, _ transaction: BrandTransaction) async throws {
    guard let seconds = signature.cosignedSeconds, let moment = Timestamp(checkingSeconds: seconds) else { return }
    try await transaction.execute(
      """
      INSERT INTO wallet.log_cosignature (brand_id, ledger, tree_size, witness, key_id, signature, cosigned_at)
      VALUES (\(transaction.brand), \(ledger.rawValue), \(size), \(signature.name.description), \(Int64(signature.keyID)),
        \(signature.bytes), \(moment))
      ON CONFLICT DO NOTHING
      """)
  }

  /// Rows of one checkpoint stand together.
  private static func grouped(_ rows: Rows) throws(PostgresError) -> [Cosigned] {
    var all: [Cosigned] = []
    for row in rows {
      let kept = LogStore.Kept(size: try row.get("tree_size"), root: try LogStore.hash(row, "root_hash"), note: try row.get("note"))
      if all.last?.kept.size != kept.size { all.append(Cosigned(kept: kept, signatures: [])) }
      // A row that can't be one says nothing, as a signature of an unknown key does.
      guard let name = KeyName(try row.get("witness", as: String.self)), let id = UInt32(exactly: try row.get("key_id", as: Int64.self))
      else { continue }
      all[all.count - 1].signatures.append(NoteSignature(name: name, keyID: id, bytes: try row.get("signature")))
    }
    return all
  }
}
