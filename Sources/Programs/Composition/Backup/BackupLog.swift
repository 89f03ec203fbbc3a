/// A ledger of a brand as it stood in a snapshot: its last entry, and what was signed of it last.
package struct BackupLog: Codable, Hashable, Sendable {
  package let brandID: Int64
  package let brandCode: String
  package let ledger: String
  package let entries: Int64
  /// Of the last entry, in hexadecimal; empty where there is none.
  package let headHash: String
  /// Entries under the last checkpoint; 0 where nothing is signed.
  package let signed: Int64
  /// The last checkpoint's note; nil where nothing is signed.
  package let checkpoint: String?

  private enum CodingKeys: String, CodingKey {
    // As the key's conversion to snake case and back wants it.
    case brandID = "brandId"
    case brandCode, ledger, entries, headHash, signed, checkpoint
  }
}
