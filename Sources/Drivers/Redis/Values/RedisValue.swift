/// A reply in RESP2, the protocol that hiredis 0.14 speaks.
package enum RedisValue: Hashable, Sendable {
  /// Bytes as they were stored.
  case string([UInt8])
  /// A short answer of the server itself, such as `OK`.
  case status(String)
  case integer(Int64)
  case array([RedisValue])
  /// No such key, or a wait that ended with nothing.
  case null
  /// The server refused; the first word is its code (`WRONGTYPE`, `OOM`, …).
  case error(String)

  package var bytes: [UInt8]? {
    switch self {
    case .string(let bytes): bytes
    case .status(let text): Array(text.utf8)
    case .integer, .array, .null, .error: nil
    }
  }

  /// The bytes as text, or nil when they aren't UTF-8.
  package var text: String? { bytes.flatMap { String(validating: $0, as: UTF8.self) } }

  package var integer: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  package var array: [RedisValue]? {
    if case .array(let values) = self { values } else { nil }
  }
}
