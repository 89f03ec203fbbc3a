/// What a log line may not say. Pure.
package struct LogRedaction: Sendable {
  package static let replacement = "[redacted]"

  /// Parts of field names whose values are secrets or personal data, whatever they hold.
  private static let parts = [
    "authorization", "token", "password", "passwd", "otp", "phone", "email", "secret", "signature", "cookie", "private_key", "signing_key",
    "aes_key",
  ]

  private let secrets: [String]

  /// - Parameter secrets: configured values that are removed wherever they appear.
  package init(secrets: [String]) {
    // Longest first: one secret may contain another.
    self.secrets = Set(secrets).sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
  }

  package static func isSecret(key: String) -> Bool {
    let key = key.lowercased()
    return parts.contains { key.contains($0) }
  }

  /// The text without configured secrets, bearer credentials and JWTs.
  package func clean(_ text: String) -> String {
    var text = text
    for secret in secrets where text.contains(secret) { text = text.replacing(secret, with: Self.replacement) }
    return Self.withoutTokens(text)
  }

  /// A JWT begins with `eyJ`, the base64url of `{"`; whatever follows up to the end of the word goes with it.
  private static func withoutTokens(_ text: String) -> String {
    guard text.contains("eyJ") || text.lowercased().contains("bearer ") else { return text }
    var words: [Substring] = []
    var isAfterBearer = false
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if isAfterBearer, !word.isEmpty {
        words.append(Substring(replacement))
        isAfterBearer = false
        continue
      }
      isAfterBearer = word.lowercased().hasSuffix("bearer")
      if let start = word.firstRange(of: "eyJ") {
        words.append(word[..<start.lowerBound] + Substring(replacement))
      } else {
        words.append(word)
      }
    }
    return words.joined(separator: " ")
  }
}
