internal import Contracts
internal import Kernel

/// The name that a player logs in with: 3 to 32 ASCII letters, digits, dots, hyphens and underscores, a letter or digit first.
///
/// ASCII alone, because two names that look alike must not be two accounts. Unique within the brand by ``key`` (S0-PLY-01).
struct AccountName: Hashable, Sendable {
  /// As registered.
  let text: String

  init?(_ text: String) {
    let lengths = Limits.accountCharactersMin...Limits.accountCharactersMax
    guard lengths.contains(text.utf8.count), TextPattern.word.matches(text) else { return nil }
    self.text = text
  }

  /// Lower case; the database's `account_key`.
  var key: String { text.lowercased() }
}
