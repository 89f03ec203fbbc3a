/// What is agreed with a provider, as data: the rules follow it, and operators read it (`docs/formats/game-providers.md`).
package struct ProviderTerms: Hashable, Sendable {
  /// What a round may hold.
  package enum Rounds: String, Hashable, Sendable {
    /// Not looked at; their end is acknowledged.
    case untracked
    /// One bet and one win each, in an open round. Its end loses the bet that has not won.
    case strict
  }

  /// What a rollback is told whose bet has not come. It is remembered in either case, and the late bet refused.
  package enum UnknownRollback: String, Hashable, Sendable {
    case accepted
    case notFound = "not_found"
  }

  /// What happens to a rollback after the win. The wallet's policy does it; this is what it must say.
  package enum RollbackAfterWin: String, Hashable, Sendable {
    case refused
    case reversed
  }

  package let name: String
  package let signature: String
  /// The provider signs with a private key of its own, not with a secret that both sides have.
  package var hasKeyPair = false
  package let requests: String
  package let answers: String
  package let amounts: String
  package let accountCharactersMax: Int
  package let accountAlphabet: AccountAlphabet
  package let rounds: Rounds
  package let unknownRollback: UnknownRollback
  package let rollbackAfterWin: RollbackAfterWin
  /// How many callbacks one may hold; nil where the provider has no such callback.
  package let batchMax: Int?
  /// Life of the token that the provider gets for a session's; nil where it goes on with the session's own.
  package let providerTokenSeconds: Int64?
}
