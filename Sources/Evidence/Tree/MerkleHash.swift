internal import Crypto
internal import Kernel

/// A SHA-256 digest in a Merkle tree: 32 bytes, held in place.
package struct MerkleHash: Hashable, Sendable, CustomStringConvertible {
  package static let byteCount = 32

  private let words: SIMD4<UInt64>

  /// Nil unless there are 32 bytes.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    var words = SIMD4<UInt64>()
    withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    self.words = words
  }

  /// Reads the base64 of 32 bytes, as notes and proofs write it.
  package init?(base64 text: some StringProtocol) {
    guard let bytes = Base64.decode(Array(text.utf8)) else { return nil }
    self.init(bytes)
  }

  /// - Parameter bytes: 32, which the caller has made sure of.
  init?(loading bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.byteCount else { return nil }
    words = bytes.loadUnaligned(as: SIMD4<UInt64>.self)
  }

  init(_ digest: SHA256Digest) {
    words = digest.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
  }

  package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

  package var base64: String { Base64.encode(bytes) }

  package var description: String { Hexadecimal.encode(bytes) }

  package func append(to bytes: inout [UInt8]) { withUnsafeBytes(of: words) { bytes.append(contentsOf: $0) } }

  /// The hashes that stand one after another in `bytes`; nil unless they fill them.
  package static func list(_ bytes: some Collection<UInt8>) -> [MerkleHash]? {
    guard bytes.count.isMultiple(of: byteCount) else { return nil }
    var hashes: [MerkleHash] = []
    hashes.reserveCapacity(bytes.count / byteCount)
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let hash = MerkleHash(rest.prefix(byteCount)) else { return nil }
      hashes.append(hash)
      rest = rest.dropFirst(byteCount)
    }
    return hashes
  }
}
