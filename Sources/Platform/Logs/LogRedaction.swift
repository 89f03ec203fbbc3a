internal import Synchronization

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

  /// Field names come from code, so that there are few: each is looked through once.
  private static let verdicts = Mutex<[String: Bool]>([:])
  private static let verdictsMax = 1024

  package static func isSecret(key: String) -> Bool {
    if let known = verdicts.withLock({ $0[key] }) { return known }
    let lowercase = key.lowercased()
    let verdict = parts.contains { lowercase.contains($0) }
    verdicts.withLock { if $0.count < verdictsMax { $0[key] = verdict } }
    return verdict
  }

  /// The text without configured secrets, bearer credentials and JWTs.
  package func clean(_ text: String) -> String {
    var text = text
    // Most values are shorter than any secret, and a search costs more than everything else that a log line needs.
    for secret in secrets where secret.utf8.count <= text.utf8.count && text.contains(secret) {
      text = text.replacing(secret, with: Self.replacement)
    }
    return Self.mayHoldToken(text) ? Self.withoutTokens(text) : text
  }

  /// One pass over the bytes that sorts out nearly every value: true where `eyJ`, or the end of a word like `bearer`, stands in it.
  private static func mayHoldToken(_ text: String) -> Bool {
    var (before, last): (UInt8, UInt8) = (0, 0)
    for byte in text.utf8 {
      if byte == UInt8(ascii: "J"), before == UInt8(ascii: "e"), last == UInt8(ascii: "y") { return true }
      if byte == UInt8(ascii: " "), before | 0x20 == UInt8(ascii: "e"), last | 0x20 == UInt8(ascii: "r") { return true }
      (before, last) = (last, byte)
    }
    return false
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
