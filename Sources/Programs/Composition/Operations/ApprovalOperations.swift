package import Audit
package import Kernel
internal import Platform
package import Postgres

/// What operators do with requests for approvals. Each step has its row in `admin_audit`, in the same transaction.
package struct ApprovalOperations: Sendable {
  /// C-55.
  package static let lifeDefault: Duration = .seconds(3600)
  package static let lifeMax: Duration = .seconds(24 * 3600)
  private static let listMax: Int64 = 200

  private let database: Database

  package init(database: Database) { self.database = database }

  package func request(_ action: GovernedAction, _ subject: String, for life: Duration, by act: OperatorAct) async throws -> UUIDv7 {
    try await database.withPlatform { transaction in
      let id = try await ApprovalStore.request(action, subject, for: life, by: act.operatorID, reason: act.reason, transaction)
      let facts: JSONValue = ["action": .string(action.rawValue), "subject": .string(subject)]
      try await Self.audit(.approvalRequest, id, act, facts, transaction)
      return id
    }
  }

  package func approve(_ id: UUIDv7, by act: OperatorAct) async throws {
    let approval = try await one(id)
    // Before the database says the same, in its words.
    guard Self.person(act.operatorID) != Self.person(approval.requestedBy) else {
      throw OperationRefused(.conflict, "approval \(id) was asked for by \(approval.requestedBy): somebody else must give it")
    }
    try await decide(approval, .approved, .approvalApprove, by: act)
  }

  package func reject(_ id: UUIDv7, by act: OperatorAct) async throws {
    try await decide(try await one(id), .rejected, .approvalReject, by: act)
  }

  package func one(_ id: UUIDv7) async throws -> Approval {
    let found = try await database.withPlatform { try await ApprovalStore.one(id, $0) }
    guard let found else { throw OperationRefused(.notFound, "there is no approval \(id)") }
    return found
  }

  /// The last ones first. Those whose time is over are written down as expired by this (S1-APR-06).
  package func all() async throws -> [Approval] {
    try await database.withPlatform { transaction in
      for id in try await ApprovalStore.overdue(transaction) {
        let sweep = "cordon:approvals"
        try await ApprovalStore.append(.expired, to: id, by: sweep, reason: "its time is over", transaction)
        let entry = AuditEntry(.approvalExpire, .delegatedApproval, "\(id)", by: sweep, reason: "its time is over")
        try await AdminAudit.append(entry, brand: nil, in: transaction)
      }
      return try await ApprovalStore.all(limit: Self.listMax, transaction)
    }
  }

  private func decide(_ approval: Approval, _ state: Approval.State, _ action: AuditAction, by act: OperatorAct) async throws {
    guard approval.state == .requested else {
      throw OperationRefused(.conflict, "approval \(approval.id) is \(approval.state.rawValue) already")
    }
    try await database.withPlatform { transaction in
      try await ApprovalStore.append(state, to: approval.id, by: act.operatorID, reason: act.reason, transaction)
      try await Self.audit(action, approval.id, act, ["action": .string(approval.action.rawValue)], transaction)
    }
  }

  private static func audit(
    _ action: AuditAction, _ id: UUIDv7, _ act: OperatorAct, _ facts: JSONValue, _ transaction: PlatformTransaction
  ) async throws {
    let entry = AuditEntry(action, .delegatedApproval, "\(id)", by: act.operatorID, new: facts, reason: act.reason)
    try await AdminAudit.append(entry, brand: nil, in: transaction)
  }

  private static func person(_ operatorID: String) -> String {
    operatorID.lowercased().drop { $0 == " " }.split(separator: " ").joined(separator: " ")
  }
}
