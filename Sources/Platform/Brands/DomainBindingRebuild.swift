/// What a rebuild of the bindings in Redis did, or would do.
package struct DomainBindingRebuild: Hashable, Sendable {
  /// Hosts whose key was written or removed.
  package let repaired: [DomainBindingDifference]
  /// Values that are no binding and belong to no durable one. They are left alone: nobody else knows what they meant.
  package let left: [DomainBindingDifference]
  /// How many bindings PostgreSQL holds.
  package let durableCount: Int

  package init(repaired: [DomainBindingDifference], left: [DomainBindingDifference], durableCount: Int) {
    self.repaired = repaired
    self.left = left
    self.durableCount = durableCount
  }
}
