/// How a column's value is written (`docs/formats/ledger-entry.md`).
package enum LedgerColumnKind: String, Sendable {
  /// `bigint`: 8 bytes, most significant first.
  case integer
  /// `timestamptz`: microseconds since 1970, as an integer.
  case timestamp
  /// `text`: UTF-8.
  case text
  /// `uuid`: 16 bytes.
  case uuid
  /// 32 bytes of SHA-256.
  case digest
  /// `jsonb`: the text that PostgreSQL prints for it, which ``PrintedJSON`` describes.
  case json
}
