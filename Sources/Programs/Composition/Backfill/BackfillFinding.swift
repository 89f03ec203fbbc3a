package import Platform

/// Something that still stands as it did before brands, or came loose since.
package enum BackfillFinding: Hashable, Sendable, CustomStringConvertible {
  /// S0-MIG-12.
  case defaultBrandMissing
  case defaultBrandDisabled
  /// The column takes NULL although the table isn't the exemption. `nullRows` is nil when this role may not count them.
  case brandMayBeNull(table: String, nullRows: Int64?)
  /// Row-level security is off or doesn't bind the owner.
  case rowSecurityNotForced(table: String)
  /// The agent is admitted in no brand (S0-MIG-14).
  case agentInNoBrand(Int64)
  /// Redis says something else than PostgreSQL (S0-MIG-15, S0-RES-20).
  case binding(DomainBindingDifference)

  package var description: String {
    switch self {
    case .defaultBrandMissing: "the catalogue has no brand 'default'"
    case .defaultBrandDisabled: "the brand 'default' is disabled"
    case .brandMayBeNull(let table, nil): "\(table).brand_id may be NULL, and this role may not count such rows"
    case .brandMayBeNull(let table, let rows?): "\(table).brand_id may be NULL; \(rows) rows are"
    case .rowSecurityNotForced(let table): "row-level security is not forced on \(table)"
    case .agentInNoBrand(let agent): "agent \(agent) is admitted in no brand"
    case .binding(let difference): "\(difference.kind.redisKey(difference.host)) in Redis is \(Self.words(difference.fault))"
    }
  }

  private static func words(_ fault: DomainBindingDifference.Fault) -> String {
    switch fault {
    case .missing: "missing"
    case .different(let binding): "\(binding.redisValue), which is not what PostgreSQL says"
    case .unknown(let binding): "\(binding.redisValue), of which PostgreSQL knows nothing"
    case .unreadable: "not a binding with a brand"
    }
  }
}
