internal import Crypto

/// SHA-256 of a token, as the cache names it: the cache holds no token that could be stolen from memory.
struct TokenDigest: Hashable, Sendable {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  init(_ token: UnsafeRawBufferPointer) {
    var hasher = SHA256()
    hasher.update(bufferPointer: token)
    words = hasher.finalize().withUnsafeBytes {
      (
        $0.loadUnaligned(fromByteOffset: 0, as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
        $0.loadUnaligned(fromByteOffset: 16, as: UInt64.self), $0.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
      )
    }
  }

  static func == (left: TokenDigest, right: TokenDigest) -> Bool { left.words == right.words }

  /// One word of a SHA-256 is as good as any hash of it.
  func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
