/// The answer to "is this the password".
package enum PasswordVerdict: Hashable, Sendable {
  case correct
  /// Correct, and the stored hash has another cost than today's: store a new one.
  case correctNeedsRehash
  case wrong
}
