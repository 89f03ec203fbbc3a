/// How the durable bindings and what stands in Redis compare. Pure.
package enum DomainBindingRules {
  /// What a scan of Redis found under one key.
  package struct Found: Hashable, Sendable {
    package let host: String
    package let kind: DomainBinding.Kind
    package let value: [UInt8]

    package init(host: String, kind: DomainBinding.Kind, value: [UInt8]) {
      self.host = host
      self.kind = kind
      self.value = value
    }
  }

  /// Sorted by host and kind; empty when Redis says exactly what PostgreSQL does.
  package static func differences(durable: [DomainBinding], redis: [Found]) -> [DomainBindingDifference] {
    var wanted: [String: DomainBinding] = [:]
    for binding in durable { wanted[binding.redisKey] = binding }
    var differences: [DomainBindingDifference] = []
    for found in redis {
      let binding = wanted.removeValue(forKey: found.kind.redisKey(found.host))
      guard let fault = fault(of: found, wanted: binding) else { continue }
      differences.append(DomainBindingDifference(host: found.host, kind: found.kind, fault: fault))
    }
    for binding in wanted.values {
      differences.append(DomainBindingDifference(host: binding.host, kind: binding.target.kind, fault: .missing))
    }
    return differences.sorted { ($0.host, $0.kind.rawValue) < ($1.host, $1.kind.rawValue) }
  }

  private static func fault(of found: Found, wanted: DomainBinding?) -> DomainBindingDifference.Fault? {
    guard let binding = DomainBinding(host: found.host, kind: found.kind, redisValue: found.value) else { return .unreadable }
    guard let wanted else { return .unknown(binding) }
    return binding == wanted ? nil : .different(binding)
  }
}
