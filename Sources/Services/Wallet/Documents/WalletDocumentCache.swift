internal import Kernel
internal import Postgres
internal import Synchronization

/// The parsed documents of each brand. Every batch reads which versions are active, so that an activation takes effect with the next batch;
/// since a version's document never changes, only one that isn't known here is sent and parsed.
final class WalletDocumentCache: Sendable {
  struct Versions: Sendable {
    /// Zero where none is known: versions begin at 1.
    let topology: Int64
    let policy: Int64
  }

  struct Active: Sendable {
    let topology: WalletTopology?
    let policy: WalletPolicy?
  }

  private struct Known {
    var topologies = VersionedDocuments<WalletTopology>()
    var policies = VersionedDocuments<WalletPolicy>()
  }

  private let known = Mutex<[BrandID: Known]>([:])

  func versions(of brand: BrandID) -> Versions {
    known.withLock { known in
      Versions(topology: known[brand]?.topologies.latest ?? 0, policy: known[brand]?.policies.latest ?? 0)
    }
  }

  /// - Parameter row: the active `topology_version` and `policy_version`, NULL where there is none; and the `topology` and `policy`, unless
  ///   they are those of ``versions(of:)``.
  /// - Throws: what is wrong with a document.
  func take(_ row: Row, of brand: BrandID) throws -> Active {
    let newTopology = try row.getOptional("topology", as: JSONText.self).map { try WalletTopologyDocument(stored: $0).topology() }
    let newPolicy = try row.getOptional("policy", as: JSONText.self).map { try WalletPolicy(stored: $0) }
    let versions = (
      topology: try row.getOptional("topology_version", as: Int64.self), policy: try row.getOptional("policy_version", as: Int64.self)
    )
    return try known.withLock { known in
      var mine = known[brand] ?? Known()
      defer { known[brand] = mine }
      return Active(
        topology: try versions.topology.map { version in try mine.topologies.document(of: version, sent: newTopology) },
        policy: try versions.policy.map { version in try mine.policies.document(of: version, sent: newPolicy) })
    }
  }
}
