internal import Audit
internal import Contracts
internal import Kernel

/// The two documents that a brand's wallet works by.
package enum WalletDocumentKind: String, CaseIterable, Sendable {
  case topology
  case policy

  /// The table's name within the schema `wallet`; also the table's part of `table_freeze:<table>`.
  package var table: String { "wallet_\(rawValue)" }

  package var other: WalletDocumentKind {
    switch self {
    case .topology: .policy
    case .policy: .topology
    }
  }

  var schema: JSONSchema {
    switch self {
    case .topology: WalletTopologyDocument.jsonSchema
    case .policy: WalletPolicy.jsonSchema
    }
  }

  var resource: AuditResource {
    switch self {
    case .topology: .walletTopology
    case .policy: .walletPolicy
    }
  }

  /// The reason of a request that needs an active document where there is none.
  var missing: ProblemReason {
    switch self {
    case .topology: .topologyMissing
    case .policy: .policyMissing
    }
  }
}
