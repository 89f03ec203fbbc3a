/// Everything that a table holds, as a number.
package struct TableDigest: Codable, Hashable, Sendable {
  /// With its schema.
  package let table: String
  package let rows: Int64
  /// SHA-256 over each row as `ROW::text` prints it in UTC, with a line feed, in the order of the primary key (texts by their bytes).
  package let sha256: String
}
