internal import Crypto
internal import Kernel

/// SHA-256, as text.
enum DeadLetterDigest {
  static func text(_ bytes: some Sequence<UInt8>) -> String { "sha256:" + Hexadecimal.encode(SHA256.hash(data: Array(bytes))) }

  static func text(_ value: String) -> String { text(value.utf8) }
}
