internal import Crypto
internal import Kernel

/// A password of 256 random bits, for accounts that only programs use.
enum RandomPassword {
  static func make() -> String { Base64URL.encode(SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }) }
}
