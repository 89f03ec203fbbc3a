/// Which headers of a callback are kept. A dead letter is read by people and lives for years; a secret in it would too.
enum DeadLetterHeaderRules {
  /// A name that has one of these in it may carry a signature, a token or a password. Its value is kept as a digest: enough to see whether two
  /// callbacks had the same one, and nothing to sign with.
  private static let secretWords = [
    "auth", "cookie", "sign", "token", "secret", "password", "passwd", "hmac", "hash", "digest", "key", "credential", "session",
  ]
  private static let valueBytesMax = 1024
  private static let namesMax = 100

  static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return secretWords.contains { name.contains($0) }
  }

  /// - Parameter digest: SHA-256 as text.
  static func kept(_ headers: [(name: String, value: String)], digest: (String) -> String) -> [String: [String]] {
    var kept: [String: [String]] = [:]
    for header in headers.prefix(namesMax) {
      let value = isSecret(header.name) ? digest(header.value) : DeadLetterTextRules.storable(header.value, bytesMax: valueBytesMax)
      kept[DeadLetterTextRules.storable(header.name.lowercased(), bytesMax: 128), default: []].append(value)
    }
    return kept
  }
}
