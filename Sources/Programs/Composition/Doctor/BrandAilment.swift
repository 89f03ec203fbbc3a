package import Kernel
package import Platform

/// Something about a brand that came loose, and that keeps people out or makes the program guess.
package enum BrandAilment: Hashable, Sendable, CustomStringConvertible {
  /// The agent is admitted in no brand, and so refused everywhere (S0-RB-12).
  case agentInNoBrand(Int64)
  /// Redis says something else of a host than PostgreSQL.
  case binding(DomainBindingDifference)
  /// The host leads to an agent whom the brand doesn't admit.
  case orphanedBinding(host: String, brand: BrandCode, agent: Int64)
  /// Neither the brand nor the defaults have a row for a key that the program reads.
  case configurationMissing(brand: BrandCode, key: String)

  package var description: String {
    switch self {
    case .agentInNoBrand, .binding: BackfillFinding(self)?.description ?? ""
    case .orphanedBinding(let host, let brand, let agent): "\(host) leads to agent \(agent), whom brand \(brand) does not admit"
    case .configurationMissing(let brand, let key): "brand \(brand) has no row of brand_config for \(key), and there is no default"
    }
  }

  /// What is to be done where a program must not choose.
  package var advice: String? {
    if case .orphanedBinding = self { "admit the agent in the brand, or unbind the host" } else { nil }
  }
}

extension BackfillFinding {
  fileprivate init?(_ ailment: BrandAilment) {
    switch ailment {
    case .agentInNoBrand(let agent): self = .agentInNoBrand(agent)
    case .binding(let difference): self = .binding(difference)
    case .orphanedBinding, .configurationMissing: return nil
    }
  }
}
