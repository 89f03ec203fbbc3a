/// Why an entry isn't the next one of its chain. Names the entry.
package enum LedgerChainFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// An entry is missing, doubled or out of place.
  case gap(expected: Int64, found: Int64)
  /// Its `prev_hash` isn't the hash of the entry before it.
  case brokenLink(seq: Int64)
  /// Its `row_hash` isn't the hash of its columns: one of them was changed.
  case wrongHash(seq: Int64)

  package var seq: Int64 {
    switch self {
    case .gap(let expected, _): expected
    case .brokenLink(let seq), .wrongHash(let seq): seq
    }
  }

  package var description: String {
    switch self {
    case .gap(let expected, let found): "entry \(found) stands where entry \(expected) should"
    case .brokenLink(let seq): "entry \(seq) does not continue the entry before it"
    case .wrongHash(let seq): "entry \(seq) does not have the hash of its columns"
    }
  }
}
