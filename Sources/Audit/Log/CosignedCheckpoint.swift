internal import Evidence
internal import Postgres

/// A checkpoint with every cosignature that is kept of it, whoever made them.
struct CosignedCheckpoint: Sendable {
  let kept: KeptCheckpoint
  private(set) var signatures: [NoteSignature]

  /// Rows of one checkpoint stand together.
  static func grouped(_ rows: Rows) throws(PostgresError) -> [CosignedCheckpoint] {
    var all: [CosignedCheckpoint] = []
    for row in rows {
      let kept = try KeptCheckpoint(row: row)
      if all.last?.kept.size != kept.size { all.append(CosignedCheckpoint(kept: kept, signatures: [])) }
      // A row that can't be one says nothing, as a signature of an unknown key does.
      guard let name = KeyName(try row.get("witness", as: String.self)), let id = UInt32(exactly: try row.get("key_id", as: Int64.self))
      else { continue }
      all[all.count - 1].signatures.append(NoteSignature(name: name, keyID: id, bytes: try row.get("signature")))
    }
    return all
  }
}
