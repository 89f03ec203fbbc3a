/// Why a password was not looked at.
package enum PasswordRefusal: Error, Hashable, Sendable {
  /// More computations wait than the queue takes; the client may retry.
  case overloaded
  /// The computation's memory could not be had.
  case outOfMemory
}
