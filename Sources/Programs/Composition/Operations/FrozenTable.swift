/// A table that takes no writes.
package struct FrozenTable: Hashable, Sendable {
  package let table: String
  /// Nil for one that was frozen by hand without an expiry.
  package let secondsLeft: Int?
}
