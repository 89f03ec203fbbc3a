/// Why the seed stopped. What it had committed by then stays, and another run goes on from there.
package enum SeedError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The catalogue has no such brand although it was just ensured: somebody works against the seed.
  case brandMissing(String)
  /// An account was asked for without a way to hash its password.
  case cannotHashPasswords

  package var description: String {
    switch self {
    case .brandMissing(let code): "brand '\(code)' is not in the catalogue"
    case .cannotHashPasswords: "an operator account needs a password hasher"
    }
  }
}
