internal import Kernel
internal import Platform

/// Which bindings are accepted. Pure.
enum BindingRules {
  /// - Throws: `not_found` for a path that no host name can be, `invalid_field` unless exactly one target is named.
  static func accept(host: String?, body: BindingBody, brand: BrandID) throws(Problem) -> DomainBinding {
    let target: DomainBinding.Target
    switch (body.agent, body.level) {
    case (let agent?, nil): target = .agent(agent)
    case (nil, let level?): target = .level(level)
    case (nil, nil), (_?, _?):
      throw Problem(.invalidField, faults: [.init(pointer: "", detail: "must name either agent_id or level_id")])
    }
    guard let host, let binding = DomainBinding(host: host, brand: brand, target: target) else { throw Problem(.notFound) }
    return binding
  }

  /// How what Redis holds compares with the durable binding.
  static func live(_ binding: DomainBinding, _ found: [DomainBindingRules.Found]) -> ResolvedBinding.Live {
    let differences = DomainBindingRules.differences(durable: [binding], redis: found)
    guard let worst = differences.first(where: { $0.kind == binding.target.kind }) ?? differences.first else { return .same }
    return switch worst.fault {
    case .missing: .missing
    case .different, .unknown: .different
    case .unreadable: .unreadable
    }
  }
}
