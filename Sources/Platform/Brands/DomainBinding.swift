package import Kernel
internal import Contracts

/// Which brand the requests to a host belong to, and which agent or player level of that brand the host is for.
///
/// Always about a host name that ``HostName/isValid(_:)`` accepts. Redis holds one key for each, in the form that the runbooks read.
package struct DomainBinding: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    case agent(Int64)
    case level(Int64)
  }

  package let host: String
  package let brand: BrandID
  package let target: Target

  /// Nil for a host that is no host name in lower case, or a target that isn't above zero.
  package init?(host: String, brand: BrandID, target: Target) {
    guard HostName.isValid(host), target.number > 0 else { return nil }
    self.host = host
    self.brand = brand
    self.target = target
  }

  /// Reads a value of Redis strictly: exactly the two members, both integers above zero (S0-RES-02, C-05). Anything else is no binding.
  package init?(host: String, kind: Kind, redisValue bytes: [UInt8]) {
    guard case .object(let members)? = try? JSONDocument.parse(bytes), members.count == 2,
      let brand = Self.number("brand_id", members).flatMap({ BrandID($0) }), let number = Self.number(kind.member, members)
    else { return nil }
    self.init(host: host, brand: brand, target: kind == .agent ? .agent(number) : .level(number))
  }

  package var redisKey: String { target.kind.redisKey(host) }

  package var redisValue: String { #"{"brand_id":\#(brand),"\#(target.kind.member)":\#(target.number)}"# }

  private static func number(_ name: String, _ members: [JSONValue.Member]) -> Int64? {
    guard case .number(let digits)? = members.first(where: { $0.name == name })?.value else { return nil }
    return Decimal64.parse(digits)
  }
}

extension DomainBinding {
  /// What the host is for; the raw value is `domain_binding.kind`.
  package enum Kind: String, CaseIterable, Sendable {
    case agent
    case level

    package var redisPrefix: String { self == .agent ? RedisKeys.domainAgentPrefix : RedisKeys.domainLevelPrefix }

    package func redisKey(_ host: String) -> String { redisPrefix + host }

    /// The other member beside `brand_id`.
    var member: String { rawValue + "_id" }
  }
}

extension DomainBinding.Target {
  package var kind: DomainBinding.Kind {
    switch self {
    case .agent: .agent
    case .level: .level
    }
  }

  package var number: Int64 {
    switch self {
    case .agent(let number), .level(let number): number
    }
  }
}
