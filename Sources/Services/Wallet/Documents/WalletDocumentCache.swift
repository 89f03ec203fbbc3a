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

  /// - Parameters: rows with the active `version`, and the `document` unless it is the one of ``versions(of:)``.
  /// - Throws: what is wrong with a document.
  func take(topology: Row?, policy: Row?, of brand: BrandID) throws -> Active {
    let newTopology = try topology.flatMap { row in try row.isDocumentSent ? try WalletTopologyDocument(row: row).topology() : nil }
    let newPolicy = try policy.flatMap { row in try row.isDocumentSent ? try WalletPolicy(row: row) : nil }
    let versions = (topology: try topology?.get("version", as: Int64.self), policy: try policy?.get("version", as: Int64.self))
    return try known.withLock { known in
      var mine = known[brand] ?? Known()
      defer { known[brand] = mine }
      return Active(
        topology: try versions.topology.map { version in try mine.topologies.document(of: version, sent: newTopology) },
        policy: try versions.policy.map { version in try mine.policies.document(of: version, sent: newPolicy) })
    }
  }
}

extension Row {
  fileprivate var isDocumentSent: Bool {
    get throws { try getOptional("document", as: JSONText.self) != nil }
  }
}
