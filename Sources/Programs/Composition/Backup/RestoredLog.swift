/// What a restored ledger is worth, and how far it is behind what is known from elsewhere.
package struct RestoredLog: Codable, Hashable, Sendable {
  package let brandID: Int64
  package let brandCode: String
  package let ledger: String
  package let entries: Int64
  package let headHash: String
  /// Entries that are signed, and by how many checkpoints.
  package let signed: Int64
  package let checkpoints: Int64
  /// The largest number of entries that was signed and remembered outside of the database; nil where nothing is known.
  package let published: Int64?
  /// Entries of the live database when it was asked; nil where it wasn't.
  package let live: Int64?
  /// What a restore would lose, as far as anybody knows: entries, and seconds between the backup and the newest of them.
  package let rpoEntries: Int64
  package let rpoSeconds: Int64

  private enum CodingKeys: String, CodingKey {
    // As the key's conversion to snake case and back wants it.
    case brandID = "brandId"
    case brandCode, ledger, entries, headHash, signed, checkpoints, published, live, rpoEntries, rpoSeconds
  }
}
