internal import Kernel

/// What an account that a provider sent resolves to.
enum AccountResolution: Hashable, Sendable {
  /// How it was written.
  enum Form: String, Sendable {
    case namespaced
    case alias
    case rawAccount = "raw_account"
    case rawGUID = "raw_guid"
  }

  case player(ResolvedAccount, Form)
  /// The brand is known; it has no such player.
  case brandOnly(Brand, Form)
  /// No brand, or, of a form without one, no player or several of them.
  case nothing(Form?)
}
