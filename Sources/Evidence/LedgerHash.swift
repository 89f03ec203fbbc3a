internal import Crypto
internal import Kernel

/// A SHA-256 digest in a ledger's chain, 32 bytes.
package struct LedgerHash: Hashable, Sendable, CustomStringConvertible {
  package static let byteCount = 32
  /// What stands before the first entry: zeros, which no entry hashes to.
  package static let genesis = LedgerHash(unchecked: [UInt8](repeating: 0, count: byteCount))

  package let bytes: [UInt8]

  /// Nil unless there are 32 bytes.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  package static func digest(of bytes: [UInt8]) -> LedgerHash { LedgerHash(unchecked: Array(SHA256.hash(data: bytes))) }

  package var description: String { Hexadecimal.encode(bytes) }
}
