/// A host of which Redis says something else than PostgreSQL, which holds the durable copy.
package struct DomainBindingDifference: Hashable, Sendable {
  package enum Fault: Hashable, Sendable {
    /// PostgreSQL has the binding, Redis has no key.
    case missing
    /// Redis has another brand, agent or level.
    case different(DomainBinding)
    /// Redis has a binding that PostgreSQL doesn't know.
    case unknown(DomainBinding)
    /// Redis has a value that isn't a binding: one from before brands, or a damaged one.
    case unreadable
  }

  package let host: String
  package let kind: DomainBinding.Kind
  package let fault: Fault

  package init(host: String, kind: DomainBinding.Kind, fault: Fault) {
    self.host = host
    self.kind = kind
    self.fault = fault
  }
}
