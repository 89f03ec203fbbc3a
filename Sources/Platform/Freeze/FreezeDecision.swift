/// What is known of tables that somebody wants to write to.
package struct FreezeDecision: Hashable, Sendable {
  /// Those that take no writes.
  package var frozen: [String] = []
  /// Those that are decided without Redis, by what it last said or, when it never said anything, as writable.
  package var unknown: [String] = []
}
