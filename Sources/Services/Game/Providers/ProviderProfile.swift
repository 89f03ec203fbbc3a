internal import HTTPTypes

/// Everything that is particular to one provider: data, and functions of bytes. Nothing of it awaits, reads a clock or knows SQL.
protocol ProviderProfile: Sendable {
  var terms: ProviderTerms { get }
  var routes: [ProviderRoute] { get }

  /// The key that a configured text is; nil for one that can't be used.
  func key(from text: String) -> ProviderKey?

  /// Whether the bytes carry the provider's signature. In constant time where the key is secret.
  func accepts(_ headers: HTTPFields, _ body: [UInt8], by key: ProviderKey) -> Bool

  /// Reads a body whose signature was right.
  func read(_ operation: CallbackOperation, _ body: [UInt8]) throws(CallbackFault) -> Callback

  func write(_ answer: CallbackAnswer) -> CallbackReply

  /// The provider's own word.
  func term(for word: CallbackWord) -> String
}

extension ProviderProfile {
  var name: String { terms.name }

  func route(_ path: String) -> ProviderRoute? { routes.first { $0.path == path } }
}
