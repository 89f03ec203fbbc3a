internal import Crypto
internal import Security

/// What a provider's signatures are verified with.
enum ProviderKey: Sendable {
  case secret(SymmetricKey)
  case publicKey(VerificationKey)

  /// A shorter secret can be guessed.
  static let secretBytesMin = 16

  static func secret(_ text: String) -> ProviderKey? {
    text.utf8.count >= secretBytesMin ? .secret(SymmetricKey(data: Array(text.utf8))) : nil
  }

  static func publicKey(_ pem: String) -> ProviderKey? { (try? VerificationKey(pem: pem)).map { .publicKey($0) } }
}
