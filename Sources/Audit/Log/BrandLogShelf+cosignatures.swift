internal import Evidence
internal import Kernel
internal import Postgres

/// What witnesses said of a brand's log.
extension BrandLogShelf {
  func lastCosigned(by key: VerifierKey) async throws -> CosignedCheckpoint? {
    let rows = try await transaction.query(
      """
      SELECT k.tree_size, k.root_hash, k.note, c.witness, c.key_id, c.signature
      FROM evidence.log_cosignature AS c
      JOIN evidence.log_checkpoint AS k ON k.brand_id = c.brand_id AND k.ledger = c.ledger AND k.tree_size = c.tree_size
      WHERE c.brand_id = \(transaction.brand) AND c.ledger = \(ledger.rawValue) AND c.witness = \(key.name.description)
        AND c.key_id = \(Int64(key.id))
      ORDER BY c.tree_size DESC LIMIT 1
      """)
    return try CosignedCheckpoint.grouped(rows).first
  }

  func cosigned(covering size: Int64, limit: Int64) async throws -> [CosignedCheckpoint] {
    let rows = try await transaction.query(
      """
      SELECT k.tree_size, k.root_hash, k.note, c.witness, c.key_id, c.signature
      FROM (
        SELECT DISTINCT tree_size FROM evidence.log_cosignature
        WHERE brand_id = \(transaction.brand) AND ledger = \(ledger.rawValue) AND tree_size >= \(size)
        ORDER BY tree_size DESC LIMIT \(limit)
      ) AS s
      JOIN evidence.log_checkpoint AS k
        ON k.brand_id = \(transaction.brand) AND k.ledger = \(ledger.rawValue) AND k.tree_size = s.tree_size
      JOIN evidence.log_cosignature AS c
        ON c.brand_id = \(transaction.brand) AND c.ledger = \(ledger.rawValue) AND c.tree_size = s.tree_size
      ORDER BY k.tree_size DESC, c.witness, c.key_id
      """)
    return try CosignedCheckpoint.grouped(rows)
  }

  func cosignatures(of size: Int64) async throws -> [NoteSignature] {
    let rows = try await transaction.query(
      """
      SELECT k.tree_size, k.root_hash, k.note, c.witness, c.key_id, c.signature
      FROM evidence.log_cosignature AS c
      JOIN evidence.log_checkpoint AS k ON k.brand_id = c.brand_id AND k.ledger = c.ledger AND k.tree_size = c.tree_size
      WHERE c.brand_id = \(transaction.brand) AND c.ledger = \(ledger.rawValue) AND c.tree_size = \(size)
      ORDER BY c.witness, c.key_id
      """)
    return try CosignedCheckpoint.grouped(rows).first?.signatures ?? []
  }

  func keep(_ signature: NoteSignature, of size: Int64) async throws {
    guard let seconds = signature.cosignedSeconds, let moment = Timestamp(checkingSeconds: seconds) else { return }
    try await transaction.execute(
      """
      INSERT INTO evidence.log_cosignature (brand_id, ledger, tree_size, witness, key_id, signature, cosigned_at)
      VALUES (\(transaction.brand), \(ledger.rawValue), \(size), \(signature.name.description), \(Int64(signature.keyID)),
        \(signature.bytes), \(moment))
      ON CONFLICT DO NOTHING
      """)
  }
}
